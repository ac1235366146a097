package io.sonde.probe;

import io.sonde.count.DurationBounds;
import io.sonde.count.DurationCounts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is counted about the probes of one module, kept with the module so that nothing is looked up
 * for a probe. A passed probe costs three atomic additions. Thread-safe; probes end on every loop.
 */
public final class ModuleCounts {
  /** Up to the longest time that scrapers usually wait. */
  private static final DurationBounds BOUNDS =
      DurationBounds.ofSeconds(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

  private record Way(Phase phase, Reason reason) {}

  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong abandoned = new AtomicLong();
  private final DurationCounts durations = new DurationCounts(BOUNDS);
  private final ConcurrentMap<Phase, DurationCounts> phases = new ConcurrentHashMap<>();

  /** There are at most as many as phases times reasons. */
  private final ConcurrentMap<Way, AtomicLong> failures = new ConcurrentHashMap<>();

  /** Counts a probe that ran to its end. */
  public void ended(ProbeResult result) {
    TraceContext trace = result.request().trace();
    if (trace == null || !trace.sampled()) {
      durations.add(result.duration().toNanos());
    } else {
      durations.add(
          result.duration().toNanos(), trace.traceId(), trace.spanId(), System.currentTimeMillis());
    }
    Failure failure = result.verdict().failure();
    if (failure == null) {
      passed.getAndIncrement();
    } else {
      failed.getAndIncrement();
      failures
          .computeIfAbsent(new Way(failure.phase(), failure.reason()), way -> new AtomicLong())
          .getAndIncrement();
    }
  }

  /** Counts where the time of a probe went: for each phase that it was in, all of its spans. */
  public void addPhases(ProbeResult result) {
    Set<Phase> counted = EnumSet.noneOf(Phase.class);
    for (Span span : result.spans()) {
      if (counted.add(span.phase())) {
        phases
            .computeIfAbsent(span.phase(), phase -> new DurationCounts(BOUNDS))
            .add(nanosIn(span.phase(), result.spans()));
      }
    }
  }

  private static long nanosIn(Phase phase, List<Span> spans) {
    long nanos = 0;
    for (Span span : spans) {
      if (span.phase() == phase) {
        nanos += span.nanos();
      }
    }
    return nanos;
  }

  /** Counts a probe whose caller left. */
  public void abandoned() {
    abandoned.getAndIncrement();
  }

  /** Probes that passed. */
  public long passed() {
    return passed.get();
  }

  /** Probes that failed. */
  public long failed() {
    return failed.get();
  }

  /** Probes whose caller left. */
  public long abandonedProbes() {
    return abandoned.get();
  }

  /** Probes that failed in that way. */
  public long failed(Phase phase, Reason reason) {
    AtomicLong count = failures.get(new Way(phase, reason));
    return count == null ? 0 : count.get();
  }

  /** How long probes took that ran to their end. */
  public DurationCounts durations() {
    return durations;
  }

  /** How long probes spent in that phase, or null if none was seen in it. */
  public @Nullable DurationCounts durations(Phase phase) {
    return phases.get(phase);
  }
}
