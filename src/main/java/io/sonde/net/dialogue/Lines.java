package io.sonde.net.dialogue;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has come from a peer and has not been used yet, handed out in lines or by count. The one
 * place that owns the inbound bytes of a dialogue, so that nothing between two steps is lost. Each
 * byte is looked at once for the end of a line, however small the pieces are in which it comes.
 * Confined to one thread at a time.
 */
public final class Lines {
  /** What a line may have before its line feed at most. */
  public static final int MAX_LINE_BYTES = (64 << 10) - 1;

  private static final byte[] NOTHING = {};
  private static final int SMALLEST_BUFFER_BYTES = 256;

  /** A buffer that grew beyond this is let go when it is empty. */
  private static final int KEPT_BUFFER_BYTES = 4 << 10;

  private byte[] buffer = NOTHING;
  private int start;
  private int end;
  private int scanned;
  private boolean ended;
  private boolean tooLong;

  /** Nothing has come yet. */
  public Lines() {}

  /** Takes the readable bytes over by copying them. */
  public void add(ByteBuf bytes) {
    int count = bytes.readableBytes();
    makeRoom(count);
    bytes.readBytes(buffer, end, count);
    end += count;
  }

  /** Nothing more will come: what is left without a line feed is a line too. */
  public void end() {
    ended = true;
  }

  /**
   * The next line, without its line feed and without a single carriage return before that. Null if
   * there is none, or none yet, or if it is longer than {@link #MAX_LINE_BYTES}.
   */
  public byte @Nullable [] next() {
    while (scanned < end && buffer[scanned] != '\n') {
      scanned++;
    }
    tooLong = scanned - start > MAX_LINE_BYTES;
    boolean whole = scanned < end || (ended && start < end);
    if (tooLong || !whole) {
      return null;
    }
    int stop = scanned > start && buffer[scanned - 1] == '\r' ? scanned - 1 : scanned;
    byte[] line = Arrays.copyOfRange(buffer, start, stop);
    consume(Math.min(scanned + 1, end) - start);
    return line;
  }

  /** Whether {@link #next} found none because it is too long. */
  public boolean isTooLong() {
    return tooLong;
  }

  /** The next bytes, or null as long as there are fewer than {@code count}. */
  public byte @Nullable [] take(int count) {
    if (size() < count) {
      return null;
    }
    byte[] taken = Arrays.copyOfRange(buffer, start, start + count);
    consume(count);
    return taken;
  }

  /** Forgets what has come and was not used. */
  public void discard() {
    consume(size());
  }

  /** How many bytes have come and were not used. */
  public int size() {
    return end - start;
  }

  /** Whether nothing is left and nothing more will come. */
  public boolean isOver() {
    return ended && start == end;
  }

  /** Whether nothing more will come. */
  public boolean hasEnded() {
    return ended;
  }

  private void consume(int count) {
    start += count;
    scanned = Math.max(scanned, start);
    if (start == end) {
      start = 0;
      end = 0;
      scanned = 0;
      buffer = buffer.length > KEPT_BUFFER_BYTES ? NOTHING : buffer;
    }
  }

  /** Moves or copies what is left at most once per doubling, so that the cost per byte is fixed. */
  private void makeRoom(int count) {
    if (count <= buffer.length - end) {
      return;
    }
    int size = size();
    byte[] roomy = buffer;
    // Moving down is only worth it where at least half is free, else a drip would move for ever.
    if (size + count > buffer.length / 2) {
      int needed = Math.max(SMALLEST_BUFFER_BYTES, size + count);
      roomy = new byte[Math.max(needed, 2 * size)];
    }
    System.arraycopy(buffer, start, roomy, 0, size);
    buffer = roomy;
    scanned -= start;
    start = 0;
    end = size;
  }
}
