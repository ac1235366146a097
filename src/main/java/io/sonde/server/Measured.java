package io.sonde.server;

import io.sonde.telemetry.RequestStats;
import io.sonde.telemetry.RequestStats.Route;

/** Counts what requests come to and how long that takes, whoever answers them. */
final class Measured implements Endpoint {
  private final Endpoint endpoint;
  private final Router router;
  private final RequestStats requests;

  /**
   * Counts what {@code endpoint} does.
   *
   * @param router knows where requests lead, also those that it never gets to see
   */
  Measured(Endpoint endpoint, Router router, RequestStats requests) {
    this.endpoint = endpoint;
    this.router = router;
    this.requests = requests;
  }

  @Override
  public void handle(Exchange exchange) {
    Route route = router.route(exchange);
    long startNanos = exchange.loop().ticker().nanoTime();
    requests.begun();
    exchange.onEnd(
        status ->
            requests.ended(
                route,
                exchange.method(),
                status,
                exchange.loop().ticker().nanoTime() - startNanos));
    endpoint.handle(exchange);
  }
}
