package io.sonde.trace;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Records nothing. Modules that are told to hand traces on do so all the same: the caller's as it
 * is, else one that only lends its id to the target's log and to Sonde's.
 */
final class Untraced implements Tracing {
  private final boolean handsOn;

  Untraced(boolean handsOn) {
    this.handsOn = handsOn;
  }

  @Override
  public boolean follows(ModuleConfig module) {
    return handsOn && module.traceContext();
  }

  @Override
  public TraceContext begin(
      ModuleConfig module, @Nullable String traceparent, @Nullable String tracestate) {
    TraceContext received = TraceContext.received(traceparent, tracestate);
    return received == null ? TraceContext.begun() : received;
  }

  @Override
  public void ended(ProbeResult result) {}

  @Override
  public void close(Duration limit) {}
}
