package io.sonde.server;

/** Answers requests for one path. */
@FunctionalInterface
interface Endpoint {
  /**
   * Begins to answer. Called on the connection's event loop; returns at once, and responds exactly
   * once, now or later.
   */
  void handle(Exchange exchange);
}
