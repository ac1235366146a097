package io.sonde.server;

import java.util.function.BooleanSupplier;

/** {@code /-/healthy} and {@code /-/ready}: one word, or 503 and another. */
final class HealthEndpoint implements Endpoint {
  private final BooleanSupplier good;
  private final String word;
  private final String otherwise;

  HealthEndpoint(BooleanSupplier good, String word, String otherwise) {
    this.good = good;
    this.word = word;
    this.otherwise = otherwise;
  }

  @Override
  public void handle(Exchange exchange) {
    if (good.getAsBoolean()) {
      exchange.respond(ResponseHead.PLAIN_UTF_8, word);
    } else {
      exchange.fail(503, otherwise);
    }
  }
}
