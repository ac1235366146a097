package io.sonde.net.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.NetUtil;
import io.sonde.config.TargetScheme;
import io.sonde.net.dns.AddressLiteral;
import io.sonde.net.policy.Gate;
import io.sonde.net.proxy.ProxyServer;
import io.sonde.net.proxy.ProxyServer.Protocol;
import io.sonde.net.proxy.Tunnel;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsPeer;
import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Remote;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Opens an HTTP connection through a proxy: dials the proxy, puts TLS on that connection if the
 * proxy wants it, and then has the proxy forward the request (http), or the connection (https, and
 * everything through SOCKS). The target is named to the proxy by the address that was chosen for
 * it, if there is one. Connecting to the proxy is the phase {@link Phase#CONNECT}, all else that is
 * between it and this side is {@link Phase#PROXY}. The target policy judges both: the proxy, and
 * whom it is asked for.
 */
final class ProxiedConnector {
  private final ProbeRun run;
  private final HttpTransport transport;
  private final HttpConnector connector;
  private final HttpProxy proxy;

  ProxiedConnector(
      ProbeRun run, HttpTransport transport, HttpConnector connector, HttpProxy proxy) {
    this.run = run;
    this.transport = transport;
    this.connector = connector;
    this.proxy = proxy;
  }

  CompletionStage<HttpConnection> connect(Destination to, int port) {
    InetAddress known = to.address() == null ? AddressLiteral.parse(to.url().host()) : to.address();
    Remote target = connector.remote(to, known, port);
    ProbeFailure refusal = Gate.refusal(run, target, Phase.CONNECT, to.hop());
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    Function<InetAddress, CompletionStage<HttpConnection>> attempt =
        address -> TlsClient.insisting(() -> connect(to, port, address));
    InetAddress literal = AddressLiteral.parse(proxy.server().host());
    return tellingWhere(
        Set.of(Phase.RESOLVE, Phase.CONNECT),
        literal == null
            ? connector.connectToOneOf(to.hop(), proxy.server().host(), attempt)
            : attempt.apply(literal));
  }

  private CompletionStage<HttpConnection> connect(
      Destination to, int port, InetAddress proxyAddress) {
    boolean forwardsRequests =
        !transport.tunnels()
            && !to.url().isSecure()
            && proxy.server().protocol() != Protocol.SOCKS5;
    if (forwardsRequests) {
      Http1Connection connection =
          new Http1Connection(run, to.hop(), transport.services().headers(), proxy);
      return reach(to, proxyAddress, connection).thenApply(channel -> connection);
    }
    Tunnel tunnel = tunnel(to, port);
    return reach(to, proxyAddress, tunnel)
        .thenCompose(tunnel::open)
        .thenCompose(channel -> connector.speak(to, channel));
  }

  private Tunnel tunnel(Destination to, int port) {
    InetAddress address = to.address();
    String host = address == null ? to.url().host() : NetUtil.toAddressString(address);
    if (proxy.server().protocol() == Protocol.SOCKS5) {
      return Tunnel.bySocks(run, to.hop(), proxy.server(), host, port);
    }
    String authority = (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    byte[] lines = proxy.connectLines().http1();
    return Tunnel.byHttp(run, to.hop(), proxy.server(), authority, lines);
  }

  /** A channel to the proxy, with TLS if the proxy wants it. */
  private CompletionStage<Channel> reach(
      Destination to, InetAddress proxyAddress, ChannelHandler handler) {
    ProxyServer server = proxy.server();
    Remote remote = new Remote(TargetScheme.PROXY, server.host(), proxyAddress, server.port());
    return transport
        .services()
        .dialer()
        .connect(run, remote, null, to.hop(), handler)
        .thenCompose(channel -> secure(to, channel));
  }

  private CompletionStage<Channel> secure(Destination to, Channel channel) {
    TlsMaterial tls = transport.proxyTls();
    if (tls == null || proxy.server().protocol() != Protocol.HTTPS) {
      return CompletableFuture.completedFuture(channel);
    }
    TlsPeer peer =
        TlsPeer.target(proxy.server().host(), chain -> {})
            .inPhase(Phase.PROXY)
            .atHop(to.hop())
            .within(HttpConnector.HANDSHAKE_LIMIT);
    return tellingWhere(
        Set.of(Phase.PROXY),
        tls.current(run)
            .thenCompose(context -> TlsClient.handshake(run, channel, context, peer))
            .thenApply(session -> channel));
  }

  /** Failures of these phases are the proxy's: nobody should look for the trouble at the target. */
  private <T> CompletionStage<T> tellingWhere(Set<Phase> phases, CompletionStage<T> stage) {
    return stage.exceptionallyCompose(
        error -> {
          Throwable cause = error instanceof CompletionException ? error.getCause() : error;
          return CompletableFuture.failedFuture(
              cause instanceof ProbeFailure known && phases.contains(known.failure().phase())
                  ? tellWhere(known)
                  : error);
        });
  }

  private ProbeFailure tellWhere(ProbeFailure known) {
    Failure failure = known.failure();
    return new ProbeFailure(
        failure.phase(),
        failure.reason(),
        "the proxy " + proxy.server() + ": " + failure.message(),
        known.getCause());
  }
}
