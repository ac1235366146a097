package io.sonde.probe.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A server that was not written with this prober in mind: Netty's, which echoes. */
class NettyServerTest extends WebsocketClaims {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
  private final Channel listener =
      new ServerBootstrap()
          .group(group)
          .channel(NioServerSocketChannel.class)
          .childHandler(new Echoing())
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .syncUninterruptibly()
          .channel();

  @AfterAll
  void stop() {
    listener.close().syncUninterruptibly();
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void anEchoComesBackAndTheServerIsToldGoodbye() throws InterruptedException {
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    String yaml =
        "query_response: [{send: 'hello "
            + "x".repeat(70_000)
            + "'},"
            + " {expect: '^hello (x+)$', send: '$1'}, {expect: '^x+$'}]";
    probing(yaml, "ws://127.0.0.1:" + port + "/echo").passes();
    assertEquals(1000, codes.poll(10, TimeUnit.SECONDS));
  }

  private final class Echoing extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      WebSocketServerProtocolConfig config =
          WebSocketServerProtocolConfig.newBuilder()
              .websocketPath("/echo")
              .allowExtensions(true)
              .maxFramePayloadLength(1 << 20)
              .handleCloseFrames(false)
              .build();
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(1 << 16),
              new WebSocketServerCompressionHandler(0),
              new WebSocketServerProtocolHandler(config),
              new SimpleChannelInboundHandler<WebSocketFrame>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
                  if (frame instanceof TextWebSocketFrame) {
                    ctx.writeAndFlush(frame.retain());
                  } else if (frame instanceof CloseWebSocketFrame close) {
                    codes.add(close.statusCode());
                    ctx.close();
                  }
                }
              });
    }
  }
}
