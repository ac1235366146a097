package io.sonde.net.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sonde.probe.Loops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The other side of dry probes: a TLS server on the loopback interface, with a certificate for the
 * purpose, that answers whatever it reads with a 200, over HTTP/2 as a gRPC server in good health
 * if the client will, or with an upgrade and a message if it asks for a WebSocket, and ends the
 * connection.
 */
public final class DryTlsPeer implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * Settings; {@code :status: 200}, {@code cache-control: no-cache} and {@code content-type:
   * application/grpc}; a message that says SERVING; {@code grpc-status: 0}.
   */
  private static final String HTTP_2_ANSWER =
      "000000040000000000"
          + ("00001601040000000188" + "5886a8eb10649cbf" + "5f8b1d75d0620d263d4c4d6564")
          + ("000007000000000001" + "00000000020801")
          + ("00000c010500000001" + "40889acac8b21234da8f0130");

  private static final String WEBSOCKET_KEY = "Sec-WebSocket-Key: ";

  /** A text frame that says ok. */
  private static final String WEBSOCKET_MESSAGE = "\u0081\2ok";

  private final Channel listener;

  private DryTlsPeer(Channel listener) {
    this.listener = listener;
  }

  /**
   * Opens one on a port that the system chooses.
   *
   * @throws IOException if that is not possible
   */
  public static DryTlsPeer listen(Loops loops) throws IOException {
    try {
      SslProvider provider =
          TlsProvider.choose() == TlsProvider.BORINGSSL ? SslProvider.OPENSSL : SslProvider.JDK;
      SslContext context =
          SslContextBuilder.forServer(
                  new ServerIdentity(DryIdentity.key(), DryIdentity.server()).asFactory())
              .sslProvider(provider)
              // Nobody shows it a certificate; without this, all authorities of the JDK are parsed.
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .applicationProtocolConfig(BoringSslEngines.alpn(List.of("h2", "http/1.1")))
              .build();
      ChannelFuture bound =
          new ServerBootstrap()
              .group(loops.group())
              .channelFactory(loops.transport()::newServerSocket)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel
                          .pipeline()
                          .addLast(context.newHandler(channel.alloc()), new Answering());
                    }
                  })
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new IOException(bound.cause());
      }
      return new DryTlsPeer(bound.channel());
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
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
  }

  private static final class Answering extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
      boolean http2 = request.isReadable() && request.getByte(request.readerIndex()) == 'P';
      byte[] answer = http2 ? ByteBufUtil.decodeHexDump(HTTP_2_ANSWER) : answer(request);
      context
          .writeAndFlush(context.alloc().buffer().writeBytes(answer))
          .addListener(ChannelFutureListener.CLOSE);
    }

    private static byte[] answer(ByteBuf request) {
      String head = request.toString(StandardCharsets.US_ASCII);
      int key = head.indexOf(WEBSOCKET_KEY);
      if (key < 0) {
        return ANSWER;
      }
      String accept = accept(head.substring(key + WEBSOCKET_KEY.length()).split("\r", 2)[0]);
      return ("HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Accept: "
              + accept
              + "\r\n\r\n"
              + WEBSOCKET_MESSAGE)
          .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What makes an answer one to that key (RFC 6455, section 4.2.2). */
    private static String accept(String key) {
      byte[] salted =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      try {
        return Base64.getEncoder()
            .encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-1", e);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable ignored) {
      context.close();
    }
  }
}
