package io.sonde.probe.websocket;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;

/** What came breaks the rules, or is more than this side takes. */
final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WebSocketCloseStatus status;
  private final ProbeFailure failure;

  private FrameException(WebSocketCloseStatus status, ProbeFailure failure) {
    super(failure.getMessage(), failure, false, false);
    this.status = status;
    this.failure = failure;
  }

  /** The server breaks the protocol. */
  static FrameException protocol(String got) {
    return new FrameException(
        WebSocketCloseStatus.PROTOCOL_ERROR,
        new ProbeFailure(Phase.TRANSFER, Reason.PROTOCOL, "the peer sent " + got));
  }

  /** A text is none. */
  static FrameException noText() {
    return new FrameException(
        WebSocketCloseStatus.INVALID_PAYLOAD_DATA,
        new ProbeFailure(
            Phase.TRANSFER, Reason.PROTOCOL, "the peer sent a text message that is not UTF-8"));
  }

  /** There is no room for so much. */
  static FrameException tooBig(ProbeFailure failure) {
    return new FrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, failure);
  }

  /** What to tell the server when closing. */
  WebSocketCloseStatus status() {
    return status;
  }

  /** Why the probe fails. */
  ProbeFailure failure() {
    return failure;
  }
}
