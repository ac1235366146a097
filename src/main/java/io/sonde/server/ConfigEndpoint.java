package io.sonde.server;

/** {@code /config}: the configuration in force, secrets masked. */
final class ConfigEndpoint implements Endpoint {
  private final Reloader reloader;

  ConfigEndpoint(Reloader reloader) {
    this.reloader = reloader;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.respond(ResponseHead.PLAIN, String.valueOf(reloader.config()));
  }
}
