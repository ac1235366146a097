package io.sonde.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;

/** Bytes that are collected, up to a limit: callers decide how much text is made for them. */
final class BoundedText extends FilterOutputStream {
  private static final int FIRST_BYTES = 16 * 1024;
  private static final long LEAST_LIMIT = 1 << 20;

  /** The part of the heap that one text may take. */
  private static final int PART_OF_HEAP = 16;

  private final ByteArrayOutputStream bytes;
  private final long limit;

  private BoundedText(ByteArrayOutputStream bytes, long limit) {
    super(bytes);
    this.bytes = bytes;
    this.limit = limit;
  }

  /** A text that may take a part of the heap that this process may have. */
  static BoundedText ofHeap() {
    return ofBytes(Math.max(LEAST_LIMIT, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
  }

  static BoundedText ofBytes(long limit) {
    return new BoundedText(new ByteArrayOutputStream(FIRST_BYTES), limit);
  }

  @Override
  public void write(int b) throws IOException {
    checkRoom(1);
    bytes.write(b);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    checkRoom(length);
    bytes.write(from, offset, length);
  }

  /** What was collected. */
  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private void checkRoom(int length) throws IOException {
    if (bytes.size() + (long) length > limit) {
      throw new OversizedTextException(limit);
    }
  }
}
