package io.sonde.trace;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.TraceContext;
import io.sonde.telemetry.TraceStats;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which trace a probe belongs to, and is told how it ended. Safe for use by many threads. */
public interface Tracing {
  /** No probe belongs to any trace. */
  Tracing NONE = new Untraced(false);

  /**
   * What the variables of the environment ask for, by their names in the OpenTelemetry
   * specification. Traces that cannot be exported as asked are no reason not to probe: the log says
   * why, and there are none.
   */
  static Tracing of(Map<String, String> environment, TraceStats stats) {
    Logger logger = LoggerFactory.getLogger(Tracing.class);
    try {
      OtlpSettings settings = OtlpSettings.of(new Environment(environment));
      if (settings == null) {
        return new Untraced(true);
      }
      Tracing tracing = OtlpTracing.begin(settings, stats);
      logger
          .atInfo()
          .addKeyValue("endpoint", settings.shownEndpoint())
          .addKeyValue("sampler", settings.sampler())
          .log("Exporting traces");
      return tracing;
    } catch (IllegalArgumentException e) {
      logger.atError().addKeyValue("err", e.getMessage()).log("Traces are not exported");
      return new Untraced(true);
    }
  }

  /** Whether probes of the module may belong to a trace; if not, nothing else need be asked. */
  boolean follows(ModuleConfig module);

  /**
   * The place in a trace of a probe that begins, or null if it belongs to none.
   *
   * @param traceparent what the caller sent by that name, or null
   * @param tracestate likewise
   */
  @Nullable TraceContext begin(
      ModuleConfig module, @Nullable String traceparent, @Nullable String tracestate);

  /** Takes note of a probe that has ended, also if its caller left. Never blocks. */
  void ended(ProbeResult result);

  /** Exports what is left, and ends; blocks no longer than {@code limit}. */
  void close(Duration limit);
}
