package io.sonde.probe.http;

import io.netty.channel.Channel;
import io.sonde.config.IpPreference;
import io.sonde.net.connect.Dialer;
import io.sonde.net.dns.Families;
import io.sonde.net.dns.Resolvers;
import io.sonde.net.http.Http1Connection;
import io.sonde.net.http.HttpConnection;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsPeer;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of one probe: those to the host of the target go to the address that was
 * chosen for it, under the TLS name that was configured for it; a host that a redirect leads to is
 * looked up, its addresses are tried in turn, and it is known by its own name only.
 */
final class Connector {
  /** The longest that a TLS handshake may take, whatever the deadline. */
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  private final ProbeRun run;
  private final Resolvers resolvers;
  private final Dialer dialer;
  private final TlsMaterial tls;
  private final HttpMetrics metrics;
  private final Families families;
  private final InetAddress chosen;
  private final String firstTlsName;
  private @Nullable TlsContext context;

  /**
   * A connector for one probe.
   *
   * @param ip which address family other hosts are tried with first
   * @param chosen the address of the target
   * @param firstTlsName the name that the host of the target is known by
   */
  Connector(
      ProbeRun run,
      HttpServices services,
      TlsMaterial tls,
      HttpMetrics metrics,
      IpPreference ip,
      InetAddress chosen,
      String firstTlsName) {
    this.run = run;
    this.resolvers = services.addresses().resolvers();
    this.dialer = services.dialer();
    this.tls = tls;
    this.metrics = metrics;
    this.families = Families.of(new IpPreference(ip.preferred(), true));
    this.chosen = chosen;
    this.firstTlsName = firstTlsName;
  }

  /** Makes TLS ready before it is known whether a handshake will be needed. */
  CompletionStage<Void> prepareTls() {
    return tls.current(run).thenAccept(ready -> context = ready);
  }

  /** A connection for one hop, ready for its request. */
  CompletionStage<HttpConnection> connect(Hop hop) {
    int port = hop.url().effectivePort();
    if (port < 0) {
      return CompletableFuture.failedFuture(
          new ProbeFailure(
              Phase.SETUP,
              Reason.CONFIG,
              "expected a port from 0 to 65535, got " + hop.url().port()));
    }
    if (hop.atFirstHost()) {
      return connect(hop, chosen, port);
    }
    run.timeline().enter(Phase.RESOLVE, hop.number(), run.nanoTime());
    return resolvers
        .forLoop(run.loop())
        .lookup(run, hop.url().host(), families)
        .thenCompose(
            addresses -> {
              run.timeline().complete(run.nanoTime());
              return connectToOne(hop, addresses, 0, port);
            });
  }

  private CompletionStage<HttpConnection> connectToOne(
      Hop hop, List<InetAddress> addresses, int turn, int port) {
    CompletionStage<HttpConnection> attempt = connect(hop, addresses.get(turn), port);
    if (turn + 1 == addresses.size()) {
      return attempt;
    }
    CompletableFuture<HttpConnection> result = new CompletableFuture<>();
    attempt.whenComplete(
        (connection, error) -> {
          if (connection != null) {
            result.complete(connection);
          } else if (failedToConnect(error)) {
            connectToOne(hop, addresses, turn + 1, port)
                .whenComplete((other, last) -> settle(result, other, last));
          } else {
            settle(result, null, error);
          }
        });
    return result;
  }

  private static void settle(
      CompletableFuture<HttpConnection> result,
      @Nullable HttpConnection connection,
      @Nullable Throwable error) {
    if (connection != null) {
      result.complete(connection);
    } else if (error != null) {
      result.completeExceptionally(error instanceof CompletionException ? error.getCause() : error);
    }
  }

  private static boolean failedToConnect(@Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof ProbeFailure failure && failure.failure().phase() == Phase.CONNECT;
  }

  private CompletionStage<HttpConnection> connect(Hop hop, InetAddress address, int port) {
    InetSocketAddress remote = new InetSocketAddress(address, port);
    return TlsClient.insisting(() -> connect(hop, remote));
  }

  private CompletionStage<HttpConnection> connect(Hop hop, InetSocketAddress remote) {
    Http1Connection connection = new Http1Connection(run, hop.number());
    CompletionStage<Channel> connected =
        dialer.connect(run, remote, null, hop.number(), connection);
    return hop.url().isSecure()
        ? connected.thenCompose(channel -> handshake(hop, channel)).thenApply(done -> connection)
        : connected.thenApply(channel -> connection);
  }

  private CompletionStage<Void> handshake(Hop hop, Channel channel) {
    String name = hop.atFirstHost() ? tls.nameFor(firstTlsName) : hop.url().host();
    TlsPeer peer =
        TlsPeer.target(name, metrics::presented).atHop(hop.number()).within(HANDSHAKE_LIMIT);
    TlsContext ready = context;
    CompletionStage<TlsSession> session =
        ready != null
            ? TlsClient.handshake(run, channel, ready, peer)
            : tls.current(run).thenCompose(c -> TlsClient.handshake(run, channel, c, peer));
    return session.thenAccept(metrics::established);
  }
}
