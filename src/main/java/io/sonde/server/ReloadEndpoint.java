package io.sonde.server;

import org.jspecify.annotations.Nullable;

/** {@code /-/reload}: loads the configuration again when it is posted to. */
final class ReloadEndpoint implements Endpoint {
  private final Reloader reloader;

  ReloadEndpoint(Reloader reloader) {
    this.reloader = reloader;
  }

  @Override
  public void handle(Exchange exchange) {
    if (!exchange.method().equals("POST")) {
      exchange.respond(
          ResponseHead.of(405, "Content-Type", "text/plain; charset=utf-8"),
          "This endpoint requires a POST request.\n");
      return;
    }
    reloader
        .reload()
        .whenComplete((ignored, error) -> exchange.loop().execute(() -> respond(exchange, error)));
  }

  private static void respond(Exchange exchange, @Nullable Throwable error) {
    if (error == null) {
      exchange.respond(ResponseHead.EMPTY, "");
    } else {
      exchange.fail(500, "failed to reload config: " + Reloader.message(error));
    }
  }
}
