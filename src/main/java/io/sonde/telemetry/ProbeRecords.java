package io.sonde.telemetry;

import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.TraceContext;
import io.sonde.probe.Trail;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** The records about probes, each with its keys. */
final class ProbeRecords {
  private final Logger to;

  ProbeRecords(Logger to) {
    this.to = to;
  }

  /**
   * What a record tells of one failed probe.
   *
   * @param target as it may be shown, cut if it is long
   * @param trace the trace that shows more, or null
   */
  record Failed(
      String module,
      String target,
      Failure failure,
      double durationSeconds,
      long probeId,
      @Nullable TraceContext trace) {
    static Failed of(ProbeResult result) {
      return new Failed(
          result.request().module().name(),
          Trail.cut(result.request().target()),
          Objects.requireNonNull(result.verdict().failure()),
          result.duration().toNanos() / 1e9,
          result.id(),
          result.request().trace());
    }
  }

  /** A probe failed. */
  void failed(Failed probe) {
    withKeys(to.atError(), probe).log("Probe failed");
  }

  /**
   * Probes go on failing as one did that was told.
   *
   * @param latest the last of them
   * @param count those that no earlier record told
   * @param since when the outage began
   */
  void stillFailing(Failed latest, long count, Instant since) {
    withKeys(to.atError(), latest)
        .addKeyValue("count", count)
        .addKeyValue("since", since)
        .log("Probe still failing");
  }

  /**
   * A target passes again.
   *
   * @param count failures that no earlier record told
   * @param failures all of them since then
   * @param outages how many times it failed and passed again since then
   * @param downSeconds how long it failed, together
   */
  void recovered(
      ProbeResult passed,
      long count,
      Instant since,
      long failures,
      int outages,
      double downSeconds) {
    withTrace(to.atInfo(), passed.request().trace())
        .addKeyValue("module", passed.request().module().name())
        .addKeyValue("target", Trail.cut(passed.request().target()))
        .addKeyValue("probe_id", passed.id())
        .addKeyValue("count", count)
        .addKeyValue("since", since)
        .addKeyValue("failures", failures)
        .addKeyValue("outages", outages)
        .addKeyValue("down_seconds", downSeconds)
        .log("Probe recovered");
  }

  /** More targets fail than are told one by one. */
  void further(String phase, String reason, long count, Instant since) {
    to.atError()
        .addKeyValue("phase", phase)
        .addKeyValue("reason", reason)
        .addKeyValue("count", count)
        .addKeyValue("since", since)
        .log("Probes of further targets failed");
  }

  private static LoggingEventBuilder withKeys(LoggingEventBuilder record, Failed probe) {
    LoggingEventBuilder keyed =
        record
            .addKeyValue("module", probe.module())
            .addKeyValue("target", probe.target())
            .addKeyValue("phase", probe.failure().phase().label())
            .addKeyValue("reason", probe.failure().reason().label())
            .addKeyValue("err", probe.failure().message())
            .addKeyValue("duration_seconds", probe.durationSeconds())
            .addKeyValue("probe_id", probe.probeId());
    return withTrace(keyed, probe.trace());
  }

  /** The record with what finds the probe's trace, if it has one. */
  static LoggingEventBuilder withTrace(LoggingEventBuilder record, @Nullable TraceContext trace) {
    return trace == null
        ? record
        : record.addKeyValue("trace_id", trace.traceId()).addKeyValue("span_id", trace.spanId());
  }
}
