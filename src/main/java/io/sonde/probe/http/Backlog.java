package io.sonde.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Bytes that have come and wait to be used. They lie in one buffer, so that they cost what they are
 * however small the pieces were in which they came.
 */
final class Backlog {
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private boolean borrowed;

  /** Whether nothing waits. */
  boolean isEmpty() {
    return !bytes.isReadable();
  }

  /** Adds a piece, of which only one that comes alone is not copied. */
  void add(ByteBuf piece) {
    if (isEmpty() && piece.nioBufferCount() == 1) {
      release();
      bytes = piece.retainedSlice();
      borrowed = true;
      return;
    }
    if (isEmpty() || borrowed) {
      ByteBuf own = piece.alloc().buffer(bytes.readableBytes() + piece.readableBytes());
      own.writeBytes(bytes);
      release();
      bytes = own;
    }
    bytes.discardSomeReadBytes();
    bytes.writeBytes(piece, piece.readerIndex(), piece.readableBytes());
  }

  /** The first of the bytes, {@code most} or less. What was used of them is to be dropped. */
  ByteBuf first(int most) {
    return bytes.slice(bytes.readerIndex(), Math.min(most, bytes.readableBytes()));
  }

  /** Drops the first {@code count} bytes. */
  void drop(int count) {
    bytes.skipBytes(count);
    if (isEmpty()) {
      release();
    }
  }

  /** Drops all. */
  void release() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
    borrowed = false;
  }
}
