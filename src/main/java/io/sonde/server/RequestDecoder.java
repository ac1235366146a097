package io.sonde.server;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder, which also tells whether a part of a request waits in it for the rest. */
final class RequestDecoder extends HttpRequestDecoder {
  RequestDecoder(Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLineBytes())
            .setMaxHeaderSize(limits.headerBytes()));
  }

  boolean holdsPart() {
    return actualReadableBytes() > 0;
  }
}
