package io.sonde.net.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sonde.config.TargetScheme;
import io.sonde.net.connect.Dialer;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsPeer;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens HTTP connections for one run: looks up the host, dials its addresses one after the other
 * until one answers, and puts TLS on the connection, or does it all with QUIC; or does the first
 * two with a proxy, if there is one for the host. Each step writes its phase into the run's
 * timeline. Confined to the run's loop.
 */
public final class HttpConnector {
  /** Sits where a connection will be put whose version is not known before its handshake. */
  private static final ChannelHandler TO_BE_NEGOTIATED = new ToBeNegotiated();

  /** The longest that a TLS handshake may take, whatever the deadline. */
  static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  private final ProbeRun run;
  private final HttpTransport transport;
  private final @Nullable Http3Sessions sessions;
  private @Nullable TlsContext context;

  HttpConnector(ProbeRun run, HttpTransport transport) {
    this.run = run;
    this.transport = transport;
    this.sessions = transport.overQuic() ? new Http3Sessions(run, transport.services()) : null;
  }

  /**
   * Makes TLS ready before it is known whether a handshake will be needed. Fails with reason {@code
   * config} if the settings cannot work.
   */
  public CompletionStage<Void> prepareTls() {
    return transport.tls().current(run).thenAccept(ready -> context = ready);
  }

  /** The name to indicate and verify: the one that is configured, else {@code host}. */
  String tlsNameFor(String host) {
    return transport.tlsNameFor(host);
  }

  /**
   * A connection that is ready for a request. Fails with a {@link ProbeFailure} of the phase that
   * did not come to its end.
   */
  public CompletionStage<HttpConnection> connect(Destination to) {
    int port = to.url().effectivePort();
    if (port < 0) {
      return CompletableFuture.failedFuture(
          new ProbeFailure(
              Phase.SETUP,
              Reason.CONFIG,
              "expected a port from 0 to 65535, got " + to.url().port()));
    }
    HttpConnection again = sessions == null ? null : sessions.again(to);
    if (again != null) {
      return CompletableFuture.completedFuture(again);
    }
    ProxyFiles files = transport.proxyFiles();
    return files == null
        ? connect(to, port, transport.proxies())
        : files.current(run).thenCompose(rules -> connect(to, port, rules));
  }

  private CompletionStage<HttpConnection> connect(Destination to, int port, ProxyRules rules) {
    HttpProxy proxy;
    try {
      proxy = rules.proxyFor(to.url(), to.address());
    } catch (ProbeFailure e) {
      return CompletableFuture.failedFuture(e);
    }
    if (proxy != null) {
      return new ProxiedConnector(run, transport, this, proxy).connect(to, port);
    }
    InetAddress address = to.address();
    return address == null
        ? connectToOneOf(to.hop(), to.url().host(), found -> connect(to, found, port))
        : connect(to, address, port);
  }

  /** Looks up a host and tries its addresses in turn, until one connects. */
  CompletionStage<HttpConnection> connectToOneOf(
      int hop, String host, Function<InetAddress, CompletionStage<HttpConnection>> attempt) {
    run.timeline().enter(Phase.RESOLVE, hop, run.nanoTime());
    return transport
        .services()
        .resolvers()
        .forLoop(run.loop())
        .lookup(run, host, transport.families())
        .thenCompose(
            addresses -> {
              run.timeline().complete(run.nanoTime());
              return connectToOneOf(addresses, 0, attempt);
            });
  }

  private static CompletionStage<HttpConnection> connectToOneOf(
      List<InetAddress> addresses,
      int turn,
      Function<InetAddress, CompletionStage<HttpConnection>> attempt) {
    CompletionStage<HttpConnection> first = attempt.apply(addresses.get(turn));
    if (turn + 1 == addresses.size()) {
      return first;
    }
    return first.exceptionallyCompose(
        error ->
            failedToConnect(error)
                ? connectToOneOf(addresses, turn + 1, attempt)
                : CompletableFuture.failedFuture(error));
  }

  private static boolean failedToConnect(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof ProbeFailure failure && failure.failure().phase() == Phase.CONNECT;
  }

  /**
   * Whom a request goes to in the end.
   *
   * @param address null if a proxy looks it up
   */
  Remote remote(Destination to, @Nullable InetAddress address, int port) {
    boolean secure = to.url().isSecure();
    TargetScheme scheme =
        transport.tunnels()
            ? secure ? TargetScheme.WSS : TargetScheme.WS
            : secure ? TargetScheme.HTTPS : TargetScheme.HTTP;
    return new Remote(scheme, to.url().host(), address, port);
  }

  private CompletionStage<HttpConnection> connect(Destination to, InetAddress address, int port) {
    Remote remote = remote(to, address, port);
    Http3Sessions overQuic = sessions;
    if (overQuic != null) {
      return tlsContext().thenCompose(ready -> overQuic.connect(to, ready, remote));
    }
    return TlsClient.insisting(() -> connect(to, remote));
  }

  private CompletionStage<HttpConnection> connect(Destination to, Remote remote) {
    Dialer dialer = transport.services().dialer();
    if (to.url().isSecure()) {
      return dialer
          .connect(run, remote, null, to.hop(), TO_BE_NEGOTIATED)
          .thenCompose(channel -> negotiate(to, channel));
    }
    Http1Connection connection = new Http1Connection(run, to.hop(), transport.services().headers());
    return dialer.connect(run, remote, null, to.hop(), connection).thenApply(channel -> connection);
  }

  /** Begins to speak on a channel that leads to the target through somebody else. */
  CompletionStage<HttpConnection> speak(Destination to, Channel channel) {
    if (to.url().isSecure()) {
      channel.pipeline().addLast(TO_BE_NEGOTIATED);
      return negotiate(to, channel);
    }
    Http1Connection connection = new Http1Connection(run, to.hop(), transport.services().headers());
    channel.pipeline().addLast(connection);
    return CompletableFuture.completedFuture(connection);
  }

  private CompletionStage<HttpConnection> negotiate(Destination to, Channel channel) {
    return handshake(to, channel).thenApply(session -> speak(to, channel, session));
  }

  /** Goes on in the version that the handshake has settled on. */
  private HttpConnection speak(Destination to, Channel channel, TlsSession session) {
    if (HttpTransport.HTTP_2.equals(session.applicationProtocol())) {
      Http2Connection connection =
          new Http2Connection(run, to.hop(), true, transport.services().headers());
      channel.pipeline().replace(TO_BE_NEGOTIATED, null, connection);
      return connection;
    }
    Http1Connection connection = new Http1Connection(run, to.hop(), transport.services().headers());
    channel.pipeline().replace(TO_BE_NEGOTIATED, null, connection);
    return connection;
  }

  private CompletionStage<TlsSession> handshake(Destination to, Channel channel) {
    TlsPeer peer =
        TlsPeer.target(to.tlsName(), to.listener()::presented)
            .atHop(to.hop())
            .within(HANDSHAKE_LIMIT);
    return tlsContext()
        .thenCompose(ready -> TlsClient.handshake(run, channel, ready, peer))
        .thenApply(
            session -> {
              to.listener().established(session);
              return session;
            });
  }

  private CompletionStage<TlsContext> tlsContext() {
    TlsContext ready = context;
    return ready == null ? transport.tls().current(run) : CompletableFuture.completedFuture(ready);
  }

  /** Whatever goes wrong before there is an exchange is told by whoever opens the connection. */
  @ChannelHandler.Sharable
  private static final class ToBeNegotiated extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // Seen there.
    }
  }
}
