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
    exchange.answerFrom(background, () -> gather(format, packed, head));
  }

  private Answer gather(Format format, boolean packed, ResponseHead head) {
    try {
      return new Answer(head, metrics.get().render(format, packed));
    } catch (OversizedTextException e) {
      return Answer.failure(406, String.valueOf(e.getMessage()), ResponseFields.NONE);
    } catch (IOException | RuntimeException e) {
      logger.error("Gathering metrics failed", e);
      return Answer.failure(
          500, "An error has occurred while serving metrics:\n\n" + e, ResponseFields.NONE);
    }
  }
}
