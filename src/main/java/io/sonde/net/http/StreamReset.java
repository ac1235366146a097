package io.sonde.net.http;

import java.io.IOException;

/** A stream that the peer has reset (RFC 9113, section 6.4), as the cause of a failed exchange. */
public final class StreamReset extends IOException {
  private static final long serialVersionUID = 1L;

  private final long code;

  StreamReset(long code, String message) {
    super(message);
    this.code = code;
  }

  /** The error code that the peer gave (RFC 9113, section 7). */
  public long code() {
    return code;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
