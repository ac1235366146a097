package io.sonde.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A request's body, of which only the beginning is kept: nothing that Sonde is asked needs more.
 * Confined to the loop of the connection until the request is complete, and not changed after that.
 */
public final class RequestBody {
  /** Most bytes that are kept. */
  public static final int MOST_BYTES = 8 * 1024;

  /** The body of a request that has none. */
  static final RequestBody EMPTY = new RequestBody();

  private byte[] kept = new byte[0];
  private long length;

  private RequestBody() {}

  /** This body and what came then; all bodies but {@link #EMPTY} grow themselves. */
  RequestBody and(ByteBuf more) {
    int bytes = more.readableBytes();
    if (bytes == 0) {
      return this;
    }
    RequestBody grown = this == EMPTY ? new RequestBody() : this;
    grown.add(more, bytes);
    return grown;
  }

  private void add(ByteBuf more, int bytes) {
    length += bytes;
    int start = kept.length;
    int wanted = Math.min(bytes, MOST_BYTES - start);
    if (wanted > 0) {
      kept = Arrays.copyOf(kept, start + wanted);
      more.getBytes(more.readerIndex(), kept, start, wanted);
    }
  }

  /** How many bytes came, be they kept or not. */
  public long length() {
    return length;
  }

  /** Whether all that came was kept. */
  public boolean isWhole() {
    return length == kept.length;
  }

  /** What was kept. */
  public byte[] bytes() {
    return kept.clone();
  }
}
