package io.sonde.server;

import io.sonde.config.ConfigPrinter;
import java.util.concurrent.Executor;

/**
 * {@code /config}: the configuration in force, secrets masked. It may be megabytes, so it is
 * written off the event loop.
 */
final class ConfigEndpoint implements Endpoint {
  private final Reloader reloader;
  private final Executor background;

  ConfigEndpoint(Reloader reloader, Executor background) {
    this.reloader = reloader;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.answerFrom(
        background, () -> Answer.of(ResponseHead.PLAIN, ConfigPrinter.print(reloader.config())));
  }
}
