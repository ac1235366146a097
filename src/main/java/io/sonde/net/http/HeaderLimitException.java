package io.sonde.net.http;

import io.netty.handler.codec.DecoderException;
import io.sonde.probe.Reason;

/**
 * Header lines are more than what is taken from a peer. It carries no stack trace, and the codecs
 * that it is thrown through let it pass as it is.
 */
final class HeaderLimitException extends DecoderException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String what;

  HeaderLimitException(Reason reason, String message) {
    super(message);
    this.reason = reason;
    this.what = message;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** The message. */
  String what() {
    return what;
  }

  /** What the probe fails for. */
  Reason reason() {
    return reason;
  }
}
