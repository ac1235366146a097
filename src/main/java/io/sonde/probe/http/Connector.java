package io.sonde.probe.http;

import io.sonde.net.http.Destination;
import io.sonde.net.http.HttpConnection;
import io.sonde.net.http.HttpConnector;
import io.sonde.net.http.HttpTransport;
import io.sonde.probe.ProbeRun;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of one probe: those to the host of the target go to the address that was
 * chosen for it, under the TLS name that was configured for it; a host that a redirect leads to is
 * looked up, its addresses are tried in turn, and it is known by its own name only.
 */
final class Connector {
  private final HttpConnector connector;
  private final HttpMetrics metrics;
  private final @Nullable InetAddress chosen;
  private final String tlsName;

  /**
   * A connector for one probe.
   *
   * @param chosen the address of the target; null if it is left to a proxy to find one
   * @param host the name that the host of the target is known by, unless another is configured
   */
  Connector(
      ProbeRun run,
      HttpTransport transport,
      HttpMetrics metrics,
      @Nullable InetAddress chosen,
      String host) {
    this.connector = transport.forRun(run);
    this.metrics = metrics;
    this.chosen = chosen;
    this.tlsName = transport.tlsNameFor(host);
  }

  /** Makes TLS ready before it is known whether a handshake will be needed. */
  CompletionStage<Void> prepareTls() {
    return connector.prepareTls();
  }

  /** A connection for one hop, ready for its request. */
  CompletionStage<HttpConnection> connect(Hop hop) {
    return connector.connect(
        hop.atFirstHost()
            ? new Destination(hop.number(), hop.url(), chosen, tlsName, metrics)
            : new Destination(hop.number(), hop.url(), null, hop.url().host(), metrics));
  }
}
