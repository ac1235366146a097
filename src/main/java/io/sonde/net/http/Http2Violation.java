package io.sonde.net.http;

/** That a peer breaks the rules of HTTP/2: news about the peer, so without a stack trace. */
final class Http2Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Http2Violation(String message) {
    super(message, null, false, false);
  }
}
