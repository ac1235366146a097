package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sonde.probe.ProbeFailure;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The bytes of a body or message that checks want to see, as far as there is memory for them. */
public final class KeptBody {
  private static final int FIRST_BYTES = 4 << 10;

  /** No array is larger. */
  public static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final byte[] NOTHING = new byte[0];

  private final BodyMemory.Share memory;
  private final long expectedBytes;
  private byte[] bytes = NOTHING;
  private int count;
  private long wanted;
  private boolean waited;
  private ByteBuf beyond = Unpooled.EMPTY_BUFFER;

  /**
   * Keeps nothing yet.
   *
   * @param expectedBytes how many there will be, as far as the peer can be believed; -1 if unknown
   */
  public KeptBody(BodyMemory.Share memory, long expectedBytes) {
    this.memory = memory;
    this.expectedBytes = expectedBytes;
  }

  /** Keeps the next bytes too; false, and nothing changes, if there is no room for them now. */
  public boolean add(byte[] piece, int length) {
    return add(Unpooled.wrappedBuffer(piece, 0, length), length);
  }

  /** Keeps the next bytes too, of which the piece may have more; false as above. */
  public boolean add(ByteBuf piece, int length) {
    long needed = count + (long) length;
    if (needed > bytes.length && !resize(roomFor(needed))) {
      return false;
    }
    append(piece, length);
    return true;
  }

  /** Cuts off what was taken beyond need; false if there is no room to do so now. */
  public boolean trim() {
    return count == bytes.length || resize(count);
  }

  /**
   * Waits until there is room for what there was none for, and keeps the bytes, if any, that could
   * not be added. Nothing else may be done before. Completes on the probe's loop; with false if
   * there will be no room.
   */
  public CompletionStage<Boolean> awaitRoom(ByteBuf piece, int length) {
    if (wanted > MOST_BYTES) {
      return CompletableFuture.completedFuture(false);
    }
    if (!waited) {
      waited = true;
      memory.onSettle(this::release);
    }
    beyond = piece.retainedSlice(piece.readerIndex(), length);
    return memory.await(wanted).thenApply(this::answered);
  }

  private boolean answered(boolean room) {
    if (room) {
      grow((int) wanted);
      append(beyond, beyond.readableBytes());
    }
    release();
    return room;
  }

  private void release() {
    beyond.release();
    beyond = Unpooled.EMPTY_BUFFER;
  }

  /** All that was kept, after {@link #trim}; it is not kept here any more. */
  public byte[] hand() {
    byte[] all = bytes;
    bytes = NOTHING;
    memory.hasGrown();
    return all;
  }

  /** What a probe says that found no memory. */
  public ProbeFailure noRoom() {
    return memory.whole().noRoom();
  }

  /** Doubled, but not beyond what is expected, which is taken as a whole if it is large. */
  private long roomFor(long needed) {
    boolean expected = expectedBytes >= needed;
    if (expected && needed > BodyMemory.SMALL_BYTES) {
      return expectedBytes;
    }
    long doubled = Math.max(Math.max(needed, FIRST_BYTES), bytes.length * 2L);
    return Math.min(doubled, expected ? expectedBytes : Math.max(needed, MOST_BYTES));
  }

  private boolean resize(long length) {
    wanted = length;
    boolean room = length <= MOST_BYTES && memory.take(length);
    if (room) {
      grow((int) length);
    }
    return room;
  }

  private void grow(int length) {
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, length);
    if (length == expectedBytes) {
      memory.hasGrown();
    }
    memory.giveBack(before);
  }

  private void append(ByteBuf piece, int length) {
    piece.getBytes(piece.readerIndex(), bytes, count, length);
    count += length;
  }
}
