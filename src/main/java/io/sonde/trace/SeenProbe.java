package io.sonde.trace;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Fact;
import io.sonde.probe.Failure;
import io.sonde.probe.Metric;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.trace.ProbeSpan.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of a probe tell: no more of its result than that, as it is kept until they are
 * exported.
 *
 * @param target as it may be shown
 * @param facts without certificates
 * @param grpcStatus the status that a gRPC call ended with; negative if there was none
 * @param startNanos when it began, on the loop's clock
 * @param startEpochNanos the same moment, since the epoch
 */
record SeenProbe(
    long id,
    ModuleConfig module,
    String target,
    @Nullable Failure failure,
    List<Span> phases,
    List<Fact> facts,
    int grpcStatus,
    long startNanos,
    long startEpochNanos) {

  static SeenProbe of(ProbeResult result) {
    return new SeenProbe(
        result.id(),
        result.request().module(),
        result.request().target(),
        result.verdict().failure(),
        result.spans(),
        result.facts().stream().filter(fact -> !(fact instanceof Fact.Certificates)).toList(),
        grpcStatus(result),
        result.startNanos(),
        ChronoUnit.NANOS.between(Instant.EPOCH, result.startedAt()));
  }

  /** Moments on the loop's clock, since the epoch. */
  Times times(long fromNanos, long toNanos) {
    long offset = startEpochNanos - startNanos;
    return new Times(offset + fromNanos, offset + Math.max(fromNanos, toNanos));
  }

  /** From the beginning of the first phase of a hop to the end of its last; null if it had none. */
  @Nullable Times timesOfHop(int hop) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Span phase : phases) {
      if (phase.hop() == hop) {
        from = Math.min(from, phase.startNanos());
        to = Math.max(to, phase.endNanos());
      }
    }
    return from > to ? null : times(from, to);
  }

  /** Why the probe failed, in words; null if it passed. */
  @Nullable String error() {
    return failure == null ? null : failure.message();
  }

  /** Why it failed, if it did so in the last request. */
  @Nullable String errorOfHop(int hop) {
    return !phases.isEmpty() && phases.get(phases.size() - 1).hop() == hop ? error() : null;
  }

  /** Why it failed, if it did so in that phase. */
  @Nullable String error(Span phase) {
    return phase.equals(blamed()) ? error() : null;
  }

  /** The fact of a kind that was learnt last in a hop; null if there is none. */
  <F extends Fact> @Nullable F last(Class<F> kind, int hop) {
    F found = null;
    for (Fact fact : facts) {
      if (kind.isInstance(fact) && fact.hop() == hop) {
        found = kind.cast(fact);
      }
    }
    return found;
  }

  /** The number of the last hop. */
  int lastHop() {
    return phases.isEmpty() ? 0 : phases.get(phases.size() - 1).hop();
  }

  /** Where the probe failed: the last stretch of the phase that the failure names. */
  private @Nullable Span blamed() {
    for (int i = phases.size() - 1; failure != null && i >= 0; i--) {
      if (phases.get(i).phase() == failure.phase()) {
        return phases.get(i);
      }
    }
    return null;
  }

  private static int grpcStatus(ProbeResult result) {
    for (Sample sample : result.samples()) {
      if (sample.metric() == Metric.PROBE_GRPC_STATUS_CODE) {
        return (int) sample.value();
      }
    }
    return -1;
  }
}
