package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sonde.probe.ProbeFailure;
import java.util.Arrays;

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

  /**
   * Keeps nothing yet.
   *
   * @param expectedBytes how many there will be, as far as the peer can be believed; -1 if unknown
   */
  public KeptBody(BodyMemory.Share memory, long expectedBytes) {
    this.memory = memory;
    this.expectedBytes = expectedBytes;
  }

  /** Keeps the next bytes too; false if there is no memory for them. */
  public boolean add(byte[] piece, int length) {
    return add(Unpooled.wrappedBuffer(piece, 0, length), length);
  }

  /** Keeps the next bytes too, of which the piece may have more; false if there is no memory. */
  public boolean add(ByteBuf piece, int length) {
    if (length > MOST_BYTES - count) {
      return false;
    }
    if (count + length > bytes.length && !resize(roomFor(count + length))) {
      return false;
    }
    piece.getBytes(piece.readerIndex(), bytes, count, length);
    count += length;
    return true;
  }

  /** Cuts off what was taken beyond need; false if there is no memory for that. */
  public boolean trim() {
    return count == bytes.length || resize(count);
  }

  /** All that was kept, after {@link #trim}; it is not kept here any more. */
  public byte[] hand() {
    byte[] all = bytes;
    bytes = NOTHING;
    return all;
  }

  /** What a probe says that found no memory. */
  public ProbeFailure noRoom() {
    return memory.whole().noRoom();
  }

  /** Doubled, but not beyond what is expected: then nothing has to be cut off. */
  private int roomFor(int needed) {
    long doubled = Math.max(Math.max(needed, FIRST_BYTES), bytes.length * 2L);
    long most = expectedBytes >= needed ? expectedBytes : MOST_BYTES;
    return (int) Math.min(doubled, Math.min(most, MOST_BYTES));
  }

  private boolean resize(int length) {
    if (!memory.take(length)) {
      return false;
    }
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, length);
    memory.giveBack(before);
    return true;
  }
}
