package io.sonde.net.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.sonde.probe.Loops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/**
 * The other side of dry probes over HTTP/3, as {@link DryTlsPeer} is of others: answers whatever it
 * reads with an empty 200.
 */
public final class DryQuicPeer implements AutoCloseable {
  private static final long IDLE_SECONDS = 5;
  private static final long WINDOW = 1 << 16;
  private static final long STREAMS = 10;

  /** A control stream (RFC 9114, section 6.2.1) with a frame of no settings. */
  private static final byte[] CONTROL = {0, 4, 0};

  /** A HEADERS frame with the status 200 of QPACK's static table. */
  private static final byte[] ANSWER = {1, 3, 0, 0, (byte) 0xd9};

  private final Channel socket;

  private DryQuicPeer(Channel socket) {
    this.socket = socket;
  }

  /**
   * Opens one on a port that the system chooses.
   *
   * @throws IOException if that is not possible
   */
  public static DryQuicPeer listen(Loops loops) throws IOException {
    try {
      ChannelFuture bound =
          new Bootstrap()
              .group(loops.group())
              .channelFactory(loops.transport()::newDatagram)
              .handler(codec())
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new IOException(bound.cause());
      }
      return new DryQuicPeer(bound.channel());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The certificate of the authority that vouches for this peer. */
  public String authorityPem() {
    return DryIdentity.authorityPem();
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  @Override
  public void close() {
    socket.close().awaitUninterruptibly();
  }

  private static ChannelHandler codec() throws GeneralSecurityException {
    return new QuicServerCodecBuilder()
        .sslContext(
            QuicSslContextBuilder.forServer(
                    new ServerIdentity(DryIdentity.key(), DryIdentity.server()), null)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols(QuicEngines.PROTOCOL)
                .build())
        .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
        .initialMaxData(WINDOW)
        .initialMaxStreamDataBidirectionalRemote(WINDOW)
        .initialMaxStreamDataUnidirectional(WINDOW)
        .initialMaxStreamsBidirectional(STREAMS)
        .initialMaxStreamsUnidirectional(STREAMS)
        .handler(new Connection())
        .streamHandler(
            new ChannelInitializer<QuicStreamChannel>() {
              @Override
              protected void initChannel(QuicStreamChannel stream) {
                stream.pipeline().addLast(new Answering());
              }
            })
        .build();
  }

  private static void send(QuicStreamChannel stream, byte[] bytes) {
    stream.writeAndFlush(stream.alloc().directBuffer().writeBytes(bytes));
  }

  @ChannelHandler.Sharable
  private static final class Connection extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      ((QuicChannel) context.channel())
          .createStream(QuicStreamType.UNIDIRECTIONAL, new ChannelInboundHandlerAdapter())
          .addListener(
              opened -> {
                if (opened.isSuccess()) {
                  send((QuicStreamChannel) opened.getNow(), CONTROL);
                }
              });
      context.fireChannelActive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable ignored) {
      context.close();
    }
  }

  private static final class Answering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      QuicStreamChannel stream = (QuicStreamChannel) context.channel();
      if (event == ChannelInputShutdownReadComplete.INSTANCE
          && stream.type() == QuicStreamType.BIDIRECTIONAL) {
        send(stream, ANSWER);
        stream.shutdownOutput();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable ignored) {
      context.close();
    }
  }
}
