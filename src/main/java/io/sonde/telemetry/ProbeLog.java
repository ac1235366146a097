package io.sonde.telemetry;

import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log of probes, with a level of its own. A failed probe writes one record; what led to it
 * stands in the probe's trail, and comes to the log record by record only at level debug. A probe
 * that passes writes nothing.
 */
public final class ProbeLog {
  static final String LOGGER_NAME = "io.sonde.probe.log.Probe";

  private static final Logger logger = LoggerFactory.getLogger(LOGGER_NAME);

  private ProbeLog() {}

  /** Writes what is to be written about a probe that has ended. */
  public static void write(ProbeResult result) {
    write(result, logger);
  }

  static void write(ProbeResult result, Logger to) {
    if (to.isDebugEnabled()) {
      writeTrail(result, to);
      return;
    }
    Failure failure = result.verdict().failure();
    if (failure == null) {
      return;
    }
    to.atError()
        .addKeyValue("module", result.request().module().name())
        .addKeyValue("target", Trail.cut(result.request().target()))
        .addKeyValue("phase", failure.phase().label())
        .addKeyValue("reason", failure.reason().label())
        .addKeyValue("err", failure.message())
        .addKeyValue("duration_seconds", result.duration().toNanos() / 1e9)
        .addKeyValue("probe_id", result.id())
        .log("Probe failed");
  }

  private static void writeTrail(ProbeResult result, Logger to) {
    for (Trail.Entry entry : result.trail()) {
      LoggingEventBuilder record =
          builder(to, entry.level())
              .addKeyValue(LogAppender.TIME, result.timeOf(entry))
              .addKeyValue("module", result.request().module().name())
              .addKeyValue("target", Trail.cut(result.request().target()));
      for (int i = 0; i + 1 < entry.attributes().size(); i += 2) {
        record =
            record.addKeyValue(
                String.valueOf(entry.attributes().get(i)), entry.attributes().get(i + 1));
      }
      record.addKeyValue("probe_id", result.id()).log(entry.message());
    }
  }

  private static LoggingEventBuilder builder(Logger to, Trail.Level level) {
    return switch (level) {
      case DEBUG -> to.atDebug();
      case INFO -> to.atInfo();
      case WARN -> to.atWarn();
      case ERROR -> to.atError();
    };
  }
}
