package io.sonde.testkit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicTokenHandler;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An HTTP/3 server on a loopback port that answers by a script, however badly. */
public final class Http3Peer implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;
  private static final long WINDOW = 1 << 20;
  private static final long STREAMS = 100;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<Http3Exchange> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> names = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<QuicChannel> ended = new LinkedBlockingQueue<>();
  private final Settings settings;
  private final Channel socket;

  private Http3Peer(Settings settings) {
    this.settings = settings;
    this.socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .handler(codec())
            .bind(new InetSocketAddress(settings.address, 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Settings of a server with that identity. */
  public static Settings with(TestIdentity identity) {
    return new Settings(identity);
  }

  /** A server that does with every request what {@code script} says. */
  public static Http3Peer answering(TestIdentity identity, Consumer<Http3Exchange> script) {
    return with(identity).answering(script).start();
  }

  /** A server about to be started. */
  public static final class Settings {
    private final QuicSslContextBuilder tls;
    private Consumer<Http3Exchange> script = exchange -> exchange.answers(200, "hello");
    private Consumer<Http3Exchange> earlyScript = exchange -> {};
    private Consumer<QuicChannel> onConnection = channel -> {};
    private @Nullable QuicTokenHandler tokens;
    private boolean notesNames;
    private long streams = STREAMS;
    private InetAddress address = InetAddress.getLoopbackAddress();

    private Settings(TestIdentity identity) {
      tls =
          QuicSslContextBuilder.forServer(
                  identity.key(), null, identity.chain().toArray(new X509Certificate[0]))
              .applicationProtocols("h3");
    }

    /** With that script for each request, once it is there as a whole. */
    public Settings answering(Consumer<Http3Exchange> answer) {
      script = answer;
      return this;
    }

    /** With that script for each request whose head has come, and no other. */
    public Settings answeringEarly(Consumer<Http3Exchange> answer) {
      earlyScript = answer;
      script = exchange -> {};
      return this;
    }

    /** With that script for each request, once it is there as a whole, as well. */
    public Settings thenAnswering(Consumer<Http3Exchange> answer) {
      return answering(answer);
    }

    /** With that script for each connection whose handshake is over. */
    public Settings onConnection(Consumer<QuicChannel> script) {
      onConnection = script;
      return this;
    }

    /** Demands a client certificate of these authorities. */
    public Settings demandingClients(X509Certificate... authorities) {
      tls.clientAuth(ClientAuth.REQUIRE).trustManager(authorities);
      return this;
    }

    /** Speaks these application protocols instead. */
    public Settings speaking(String... protocols) {
      tls.applicationProtocols(protocols);
      return this;
    }

    /** Makes clients prove their address first (RFC 9000, section 8.1.2). */
    public Settings retrying() {
      tokens = InsecureQuicTokenHandler.INSTANCE;
      return this;
    }

    /** Allows no request. */
    public Settings allowingNoStream() {
      streams = 0;
      return this;
    }

    /** Listens at ::1. */
    public Settings atIp6() {
      byte[] loopback = new byte[16];
      loopback[loopback.length - 1] = 1;
      try {
        address = InetAddress.getByAddress(loopback);
      } catch (UnknownHostException e) {
        throw new AssertionError(e);
      }
      return this;
    }

    /** Notes the names that clients indicate. */
    public Settings notingNames() {
      notesNames = true;
      return this;
    }

    /** Starts it. */
    public Http3Peer start() {
      return new Http3Peer(this);
    }
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The next request that came in whole, waiting for it if need be. */
  public Http3Exchange nextRequest() {
    return next(requests, "a request");
  }

  /** The next server name that a client indicated. */
  public String nextServerName() {
    return next(names, "a server name");
  }

  /** Waits until a connection has ended. */
  public void awaitConnectionEnd() {
    next(ended, "the end of a connection");
  }

  /** How many connections came about so far. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    socket.close().syncUninterruptibly();
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  void onHead(Http3Exchange exchange) {
    settings.earlyScript.accept(exchange);
  }

  void onRequest(Http3Exchange exchange) {
    requests.add(exchange);
    settings.script.accept(exchange);
  }

  private QuicSslContext tls() {
    QuicSslContext context = settings.tls.build();
    return settings.notesNames
        ? QuicSslContextBuilder.buildForServerWithSni(
            name -> {
              names.add(name);
              return context;
            })
        : context;
  }

  private ChannelHandler codec() {
    return new QuicServerCodecBuilder()
        .sslContext(tls())
        .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
        .initialMaxData(WINDOW)
        .initialMaxStreamDataBidirectionalRemote(WINDOW)
        .initialMaxStreamDataUnidirectional(WINDOW)
        .initialMaxStreamsBidirectional(settings.streams)
        .initialMaxStreamsUnidirectional(STREAMS)
        .tokenHandler(settings.tokens)
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel channel) {
                channel.pipeline().addLast(http3(), new Connection());
              }
            })
        .build();
  }

  private Http3ServerConnectionHandler http3() {
    return new Http3ServerConnectionHandler(
        new ChannelInitializer<QuicStreamChannel>() {
          @Override
          protected void initChannel(QuicStreamChannel stream) {
            stream.pipeline().addLast(new Http3Exchange.Reader(Http3Peer.this, stream));
          }
        });
  }

  private static <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(Threads.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("expected " + what);
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Listens to one connection. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      connections.incrementAndGet();
      settings.onConnection.accept((QuicChannel) ctx.channel());
      ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      ended.add((QuicChannel) ctx.channel());
      ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // Clients may leave.
    }
  }
}
