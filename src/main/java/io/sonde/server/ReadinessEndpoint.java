package io.sonde.server;

import java.util.function.BooleanSupplier;

/**
 * {@code /-/ready}: whether a probe that is asked for now is answered without waiting for anything
 * but its target. That is so once every path is warm, and until the daemon begins to end.
 */
final class ReadinessEndpoint implements Endpoint {
  private final WarmPaths warmPaths;
  private final BooleanSupplier stopping;

  ReadinessEndpoint(WarmPaths warmPaths, BooleanSupplier stopping) {
    this.warmPaths = warmPaths;
    this.stopping = stopping;
  }

  @Override
  public void handle(Exchange exchange) {
    if (stopping.getAsBoolean()) {
      exchange.fail(503, "Shutting down");
    } else if (!warmPaths.areAllWarm()) {
      exchange.fail(503, "Warming up");
    } else {
      exchange.respond(ResponseHead.PLAIN_UTF_8, "Ready");
    }
  }
}
