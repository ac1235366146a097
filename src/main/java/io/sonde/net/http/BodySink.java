package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.sonde.probe.ProbeFailure;

/**
 * Takes the body of one response: any number of pieces, then either its end or a failure, then
 * nothing more. Called on the loop of the connection.
 */
public interface BodySink {
  /** A piece, as it came off the wire. It is lent: whoever keeps it must retain it. */
  void content(ByteBuf piece);

  /** Fields that follow the body, if any do, right before its end. */
  default void trailers(HttpHeaders trailers) {}

  /** The body is complete. */
  void end();

  /** The body breaks off: a {@link ProbeFailure}, or anything else, which then is a bug. */
  void failed(Throwable failure);
}
