package io.sonde.server;

import io.sonde.config.ConfigPrinter;

/** {@code /config}: the configuration in force, secrets masked. */
final class ConfigEndpoint implements Endpoint {
  private final Reloader reloader;

  ConfigEndpoint(Reloader reloader) {
    this.reloader = reloader;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.respond(ResponseHead.PLAIN, ConfigPrinter.print(reloader.config()));
  }
}
