package io.sonde.server;

import io.sonde.exposition.Format;
import io.sonde.telemetry.OwnMetrics;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}: the daemon's own metrics, gathered off the event loop. */
final class MetricsEndpoint implements Endpoint {
  private static final Logger logger = LoggerFactory.getLogger(MetricsEndpoint.class);

  private final Supplier<OwnMetrics> metrics;
  private final Executor background;

  MetricsEndpoint(Supplier<OwnMetrics> metrics, Executor background) {
    this.metrics = metrics;
    this.background = background;
  }

  @Override
  public void handle(Exchange exchange) {
    Format format = exchange.loopState().negotiate(exchange);
    background.execute(() -> gather(exchange, format));
  }

  private void gather(Exchange exchange, Format format) {
    try {
      byte[] text = metrics.get().render(format);
      exchange
          .loop()
          .execute(() -> exchange.loopState().respondMetrics(exchange, text, text.length));
    } catch (IOException | RuntimeException e) {
      logger.error("Gathering metrics failed", e);
      exchange
          .loop()
          .execute(
              () -> exchange.fail(500, "An error has occurred while serving metrics:\n\n" + e));
    }
  }
}
