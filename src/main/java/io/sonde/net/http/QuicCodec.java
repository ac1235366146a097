package io.sonde.net.http;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.sonde.net.connect.DatagramDialer;
import java.util.concurrent.TimeUnit;

/** QUIC as a client of one connection: what this side allows the peer (RFC 9000, section 18.2). */
final class QuicCodec {
  /** After so much silence a connection is over. */
  static final long IDLE_SECONDS = 30;

  /** Windows grow while what comes is taken. */
  private static final long INITIAL_CONNECTION_WINDOW = 768 << 10;

  private static final long INITIAL_STREAM_WINDOW = 512 << 10;
  private static final long INITIAL_CONTROL_WINDOW = 16 << 10;

  /** Control, the two of QPACK, and some of types that nobody knows (RFC 9114, section 6.2.3). */
  private static final long PEER_STREAMS = 8;

  private QuicCodec() {}

  /**
   * For one connection. It lives on until the garbage collector has finalised what is native of it,
   * which takes two turns, and so does all that it refers to: no probe must be among that.
   */
  static ChannelHandler of(QuicSslEngine engine) {
    return new QuicClientCodecBuilder()
        .sslEngineProvider(channel -> engine)
        .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
        .maxRecvUdpPayloadSize(DatagramDialer.LONGEST_PACKET_BYTES)
        .initialMaxData(INITIAL_CONNECTION_WINDOW)
        .initialMaxStreamDataBidirectionalLocal(INITIAL_STREAM_WINDOW)
        .initialMaxStreamDataUnidirectional(INITIAL_CONTROL_WINDOW)
        .initialMaxStreamsUnidirectional(PEER_STREAMS)
        .activeMigration(false)
        .build();
  }
}
