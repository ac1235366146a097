package io.sonde.telemetry;

import io.netty.util.concurrent.EventExecutor;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Trail;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log of probes, with a level of its own. A failed probe writes one record, unless failures
 * that repeat are folded; what led to it stands in the probe's trail, and comes to the log record
 * by record only at level debug. A probe that passes writes nothing.
 */
public final class ProbeLog {
  static final String LOGGER_NAME = "io.sonde.probe.log.Probe";

  /** How often per interval it is looked what is due. */
  private static final int TICKS = 4;

  private static final long LONGEST_TICK_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final Logger logger;
  private final ProbeRecords records;
  private final @Nullable FailureSummary summary;

  /**
   * The process's log of probes.
   *
   * @param interval how often failures that repeat are told; zero tells each of them
   */
  public ProbeLog(Duration interval) {
    this(LoggerFactory.getLogger(LOGGER_NAME), interval, System::nanoTime);
  }

  ProbeLog(Logger logger, Duration interval, LongSupplier nanoTime) {
    this.logger = logger;
    this.records = new ProbeRecords(logger);
    this.summary = interval.isZero() ? null : new FailureSummary(records, interval, nanoTime);
  }

  /** Writes what is to be written about a probe that has ended. */
  public void write(ProbeResult result) {
    if (logger.isDebugEnabled()) {
      writeTrail(result);
    } else if (summary != null) {
      summary.add(result);
    } else if (!result.verdict().success()) {
      records.failed(ProbeRecords.Failed.of(result));
    }
  }

  /**
   * Begins to write what was counted whenever that is due.
   *
   * @param clock says when
   * @param background writes, as that may take longer than {@code clock} should be kept
   */
  public void begin(EventExecutor clock, Executor background) {
    FailureSummary folded = summary;
    if (folded != null) {
      long period = Math.min(folded.intervalNanos() / TICKS, LONGEST_TICK_NANOS);
      clock.scheduleWithFixedDelay(
          () -> background.execute(folded::tick), period, period, TimeUnit.NANOSECONDS);
    }
  }

  /** Writes whatever was counted and not written. */
  public void flush() {
    if (summary != null) {
      summary.flush();
    }
  }

  @Nullable FailureSummary summary() {
    return summary;
  }

  private void writeTrail(ProbeResult result) {
    for (Trail.Entry entry : result.trail()) {
      LoggingEventBuilder record =
          builder(entry.level())
              .addKeyValue(LogAppender.TIME, result.timeOf(entry))
              .addKeyValue("module", result.request().module().name())
              .addKeyValue("target", Trail.cut(result.request().target()));
      for (int i = 0; i + 1 < entry.attributes().size(); i += 2) {
        record =
            record.addKeyValue(
                String.valueOf(entry.attributes().get(i)), entry.attributes().get(i + 1));
      }
      ProbeRecords.withTrace(record.addKeyValue("probe_id", result.id()), result.request().trace())
          .log(entry.message());
    }
  }

  private LoggingEventBuilder builder(Trail.Level level) {
    return switch (level) {
      case DEBUG -> logger.atDebug();
      case INFO -> logger.atInfo();
      case WARN -> logger.atWarn();
      case ERROR -> logger.atError();
    };
  }
}
