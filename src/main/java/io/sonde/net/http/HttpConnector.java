package io.sonde.net.http;

import io.netty.channel.Channel;
import io.sonde.net.tls.TlsClient;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsPeer;
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
 * Opens HTTP connections for one run: looks up the host, dials its addresses one after the other
 * until one answers, and puts TLS on the connection. Each step writes its phase into the run's
 * timeline. Confined to the run's loop.
 */
public final class HttpConnector {
  /** The longest that a TLS handshake may take, whatever the deadline. */
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  private final ProbeRun run;
  private final HttpTransport transport;
  private @Nullable TlsContext context;

  HttpConnector(ProbeRun run, HttpTransport transport) {
    this.run = run;
    this.transport = transport;
  }

  /**
   * Makes TLS ready before it is known whether a handshake will be needed. Fails with reason {@code
   * config} if the settings cannot work.
   */
  public CompletionStage<Void> prepareTls() {
    return transport.tls().current(run).thenAccept(ready -> context = ready);
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
    InetAddress address = to.address();
    return address == null ? lookUpAndConnect(to, port) : connect(to, address, port);
  }

  private CompletionStage<HttpConnection> lookUpAndConnect(Destination to, int port) {
    run.timeline().enter(Phase.RESOLVE, to.hop(), run.nanoTime());
    return transport
        .services()
        .resolvers()
        .forLoop(run.loop())
        .lookup(run, to.url().host(), transport.families())
        .thenCompose(
            addresses -> {
              run.timeline().complete(run.nanoTime());
              return connectToOne(to, addresses, 0, port);
            });
  }

  private CompletionStage<HttpConnection> connectToOne(
      Destination to, List<InetAddress> addresses, int turn, int port) {
    CompletionStage<HttpConnection> attempt = connect(to, addresses.get(turn), port);
    if (turn + 1 == addresses.size()) {
      return attempt;
    }
    return attempt.exceptionallyCompose(
        error ->
            failedToConnect(error)
                ? connectToOne(to, addresses, turn + 1, port)
                : CompletableFuture.failedFuture(error));
  }

  private static boolean failedToConnect(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof ProbeFailure failure && failure.failure().phase() == Phase.CONNECT;
  }

  private CompletionStage<HttpConnection> connect(Destination to, InetAddress address, int port) {
    InetSocketAddress remote = new InetSocketAddress(address, port);
    return TlsClient.insisting(() -> connect(to, remote));
  }

  private CompletionStage<HttpConnection> connect(Destination to, InetSocketAddress remote) {
    Http1Connection connection = new Http1Connection(run, to.hop());
    CompletionStage<Channel> connected =
        transport.services().dialer().connect(run, remote, null, to.hop(), connection);
    return to.url().isSecure()
        ? connected.thenCompose(channel -> handshake(to, channel)).thenApply(done -> connection)
        : connected.thenApply(channel -> connection);
  }

  private CompletionStage<Void> handshake(Destination to, Channel channel) {
    TlsPeer peer =
        TlsPeer.target(to.tlsName(), to.listener()::presented)
            .atHop(to.hop())
            .within(HANDSHAKE_LIMIT);
    TlsContext ready = context;
    return (ready != null
            ? TlsClient.handshake(run, channel, ready, peer)
            : transport
                .tls()
                .current(run)
                .thenCompose(c -> TlsClient.handshake(run, channel, c, peer)))
        .thenAccept(to.listener()::established);
  }
}
