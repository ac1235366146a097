package io.sonde.server;

/** Answers requests: those for one path, or all of them. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Begins to answer. Called on the exchange's event loop; returns at once, and responds exactly
   * once, now or later, on that loop.
   */
  void handle(Exchange exchange);
}
