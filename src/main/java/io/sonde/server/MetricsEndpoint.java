package io.sonde.server;

import io.sonde.exposition.Format;
import io.sonde.telemetry.OversizedTextException;
import io.sonde.telemetry.OwnMetrics;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}: the daemon's own metrics, gathered and compressed off the event loop. */
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
    boolean packed = exchange.loopState().prefersGzip(exchange);
    ResponseHead head = exchange.loopState().head(format, packed);
    background.execute(() -> gather(exchange, format, packed, head));
  }

  private void gather(Exchange exchange, Format format, boolean packed, ResponseHead head) {
    if (exchange.hasLeft()) {
      return;
    }
    try {
      byte[] text = metrics.get().render(format, packed);
      exchange.loop().execute(() -> exchange.respond(head, text, text.length));
    } catch (OversizedTextException e) {
      String why = String.valueOf(e.getMessage());
      exchange.loop().execute(() -> exchange.fail(406, why));
    } catch (IOException | RuntimeException e) {
      logger.error("Gathering metrics failed", e);
      exchange
          .loop()
          .execute(
              () -> exchange.fail(500, "An error has occurred while serving metrics:\n\n" + e));
    }
  }
}
