package io.sonde.server;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder, which also tells whether a request has begun to arrive and not ended. */
final class RequestDecoder extends HttpRequestDecoder {
  private boolean begun;

  RequestDecoder(Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headerBytes()));
  }

  /**
   * Whether some of a request is there and the rest is not, be it a part of a line or of a body.
   */
  boolean isWithinRequest() {
    return begun || actualReadableBytes() > 0;
  }

  /** Must be told when a request's last content was read. */
  void requestEnded() {
    begun = false;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    begun = true;
    return super.createMessage(initialLine);
  }
}
