package io.sonde.server;

import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/** Makes HTTP/2 connections, with Netty's codec and our limits. */
final class Http2Builder
    extends AbstractHttp2ConnectionHandlerBuilder<Http2Connection, Http2Builder> {
  /** As many as Go's servers allow, so that a scraper needs no more connections than before. */
  static final int MAX_STREAMS = 250;

  /**
   * Resets, in either direction, that half a minute may see. A scraper that gives all its requests
   * up at once is far below.
   */
  static final int MAX_RESETS = 4 * MAX_STREAMS;

  private static final int RESETS_SECONDS = 30;

  /** Replies that may wait for the client to read them. */
  private static final int MAX_UNREAD_REPLIES = 1_000;

  /** Less than on HTTP/1, as all streams of a connection may have such headers at once. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final Endpoint root;
  private final LoopStates loops;
  private final LoopState loopState;
  private final Limits limits;

  Http2Builder(Endpoint root, LoopStates loops, LoopState loopState, Limits limits) {
    this.root = root;
    this.loops = loops;
    this.loopState = loopState;
    this.limits = limits;
    DefaultHttp2Connection connection = new DefaultHttp2Connection(true);
    // Streams are served in equal shares: priorities are a client's wish (RFC 9113, section 5.3).
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    connection(connection);
    initialSettings(
        new Http2Settings()
            .maxConcurrentStreams(MAX_STREAMS)
            .maxHeaderListSize(Math.min(limits.headerBytes(), MAX_HEADER_BYTES)));
    validateHeaders(true);
    validateRequiredPseudoHeaders(true);
    gracefulShutdownTimeoutMillis(limits.response().toMillis());
    encoderEnforceMaxQueuedControlFrames(MAX_UNREAD_REPLIES);
    encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_SECONDS);
    decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_SECONDS);
  }

  @Override
  protected Http2Connection build() {
    return super.build();
  }

  @Override
  protected Http2Connection build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    return new Http2Connection(decoder, encoder, settings, root, loops, loopState, limits);
  }
}
