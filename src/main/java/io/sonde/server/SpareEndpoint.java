package io.sonde.server;

/** Answers on a connection that is one too many: once, and no probes. */
final class SpareEndpoint implements Endpoint {
  private final Endpoint root;
  private final String probePath;
  private final int mostConnections;

  SpareEndpoint(Endpoint root, String probePath, int mostConnections) {
    this.root = root;
    this.probePath = probePath;
    this.mostConnections = mostConnections;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.endConnection();
    if (exchange.target().path().equals(probePath)) {
      exchange.fail(
          503,
          "Too many connections: "
              + mostConnections
              + " are open, which is the limit (--web.max-connections)");
    } else {
      root.handle(exchange);
    }
  }
}
