package io.sonde.server;

/** {@code /-/healthy}: whoever reads the answer knows that the process lives. */
final class HealthEndpoint implements Endpoint {
  @Override
  public void handle(Exchange exchange) {
    exchange.respond(ResponseHead.PLAIN_UTF_8, "Healthy");
  }
}
