package io.sonde.testkit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS server on a loopback port with every setting that a test may want; answers each handshake
 * with a greeting, and tells what it saw of the client.
 */
public final class TlsServer implements AutoCloseable {
  /** What it sends after each handshake. */
  public static final String GREETING = "hello";

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

  /**
   * One handshake as the server saw it.
   *
   * @param serverName the name that the client indicated, or null; unknown to the JDK's server
   * @param clientChain what the client showed of itself; empty if nothing
   * @param failure why the handshake failed, or null
   */
  public record Seen(
      @Nullable String serverName,
      @Nullable String applicationProtocol,
      List<Certificate> clientChain,
      @Nullable Throwable failure) {}

  private TlsServer(SslContextBuilder context) {
    try {
      SslContext built = context.build();
      this.listener =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      SslHandler ssl = built.newHandler(channel.alloc());
                      channel.pipeline().addLast(ssl, new Greeter(ssl));
                    }
                  })
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .syncUninterruptibly()
              .channel();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  /** Settings of a server with that identity, by BoringSSL, TLS 1.2 and 1.3. */
  public static Settings with(TestIdentity identity) {
    return new Settings(identity);
  }

  /** A server with that identity and nothing special. */
  public static TlsServer of(TestIdentity identity) {
    return with(identity).start();
  }

  /** A server about to be started. */
  public static final class Settings {
    private final SslContextBuilder builder;

    private Settings(TestIdentity identity) {
      builder =
          SslContextBuilder.forServer(new Showing(identity))
              .sslProvider(SslProvider.OPENSSL)
              .protocols("TLSv1.2", "TLSv1.3");
    }

    /** With the JDK's TLS, for what BoringSSL does not speak. */
    public Settings byJdk() {
      builder.sslProvider(SslProvider.JDK);
      return this;
    }

    /** With these versions, as Java names them. */
    public Settings versions(String... versions) {
      builder.protocols(versions);
      return this;
    }

    /** With these cipher suites. */
    public Settings ciphers(String... ciphers) {
      builder.ciphers(List.of(ciphers));
      return this;
    }

    /** Demands a client certificate of these authorities. */
    public Settings demandingClients(X509Certificate... authorities) {
      builder.clientAuth(ClientAuth.REQUIRE).trustManager(authorities);
      return this;
    }

    /** Speaks these application protocols. */
    public Settings speaking(String... protocols) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              protocols));
      return this;
    }

    /** Starts it. */
    public TlsServer start() {
      return new TlsServer(builder);
    }
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The next handshake that came to an end, waiting for it if need be. */
  public Seen nextHandshake() {
    try {
      Seen next = seen.poll(Threads.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("expected a handshake to end");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Shows an identity as it is; key stores refuse chains that do not follow one another. */
  private static final class Showing extends X509ExtendedKeyManager {
    private final TestIdentity identity;

    Showing(TestIdentity identity) {
      this.identity = identity;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      // Both providers ask for each type of key in turn, and take the first alias they get.
      return keyType.startsWith(identity.key().getAlgorithm()) || keyType.equals("UNKNOWN")
          ? keyType
          : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identity.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identity.key();
    }
  }

  private final class Greeter extends SimpleChannelInboundHandler<ByteBuf> {
    private final SslHandler ssl;

    Greeter(SslHandler ssl) {
      this.ssl = ssl;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        seen.add(
            new Seen(serverName(), ssl.applicationProtocol(), clientChain(), handshake.cause()));
        if (handshake.isSuccess()) {
          ctx.writeAndFlush(Unpooled.copiedBuffer(GREETING.getBytes(StandardCharsets.US_ASCII)));
        }
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
      // What clients say does not matter.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    private @Nullable String serverName() {
      // The engine's own way to tell refuses names with underscores.
      return ssl.engine() instanceof ReferenceCountedOpenSslEngine engine
              && engine.sslPointer() != 0
          ? SSL.getSniHostname(engine.sslPointer())
          : null;
    }

    private List<Certificate> clientChain() {
      try {
        return List.of(ssl.engine().getSession().getPeerCertificates());
      } catch (SSLPeerUnverifiedException ignored) {
        return List.of();
      }
    }
  }
}
