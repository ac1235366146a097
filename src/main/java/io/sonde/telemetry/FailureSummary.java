package io.sonde.telemetry;

import io.sonde.probe.Failure;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds failures that repeat: the first of a kind is told at once, those that follow are counted
 * and told together once per interval, and so is the recovery of their target. Of targets that are
 * more than {@link #MOST_KINDS} the failures are counted by phase and reason alone. Nothing is
 * lost: what was counted is told by {@link #tick} or {@link #flush}. Thread-safe; a probe that
 * passes pays for one look into a map, and nothing while nothing fails.
 */
final class FailureSummary {
  /** Combinations of module, target, phase and reason that are told one by one. */
  static final int MOST_KINDS = 1_000;

  /** What was not probed for that long is scraped no more. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /** Who is probed, as it may be shown. */
  private record Target(String module, String target) {}

  /** Failures by phase and reason. */
  private record Further(Phase phase, Reason reason) {}

  /** How many there were of them. */
  private static final class Count {
    private final AtomicLong untold = new AtomicLong();
    private volatile Instant since = Instant.now();
    private volatile long toldAtNanos;
    private volatile boolean told;
  }

  private final Map<Target, Outage> outages = new ConcurrentHashMap<>();
  private final Map<Further, Count> further = new ConcurrentHashMap<>();
  private final AtomicInteger kinds = new AtomicInteger();
  private final ProbeRecords records;
  private final LongSupplier nanoTime;
  private final long intervalNanos;
  private final long forgottenAfterNanos;

  /**
   * Nothing has failed yet.
   *
   * @param interval how often the same is told
   */
  FailureSummary(ProbeRecords records, Duration interval, LongSupplier nanoTime) {
    this.records = records;
    this.nanoTime = nanoTime;
    this.intervalNanos = interval.toNanos();
    this.forgottenAfterNanos = Math.max(FORGOTTEN_AFTER.toNanos(), 2 * intervalNanos);
  }

  long intervalNanos() {
    return intervalNanos;
  }

  /** Takes note of a probe that has ended. */
  void add(ProbeResult result) {
    Failure failure = result.verdict().failure();
    Target target = new Target(result.request().module().name(), result.request().target());
    if (failure != null) {
      outages.compute(target, (key, known) -> failed(known, result, failure));
    } else if (outages.containsKey(target)) {
      outages.computeIfPresent(
          target,
          (key, outage) -> {
            outage.passed(result, nanoTime.getAsLong());
            return outage;
          });
    }
  }

  /** Tells what is due, and forgets what is over. To be called several times per interval. */
  void tick() {
    long now = nanoTime.getAsLong();
    for (Target target : outages.keySet()) {
      outages.computeIfPresent(
          target,
          (key, outage) -> {
            outage.tick(now);
            return outage.isForgettable(now, forgottenAfterNanos) ? forgotten(outage, now) : outage;
          });
    }
    further.forEach(
        (key, count) -> {
          if (!count.told || now - count.toldAtNanos >= intervalNanos) {
            tell(key, count, now);
          }
        });
  }

  /** Tells everything that was counted and not told. */
  void flush() {
    long now = nanoTime.getAsLong();
    for (Target target : outages.keySet()) {
      outages.computeIfPresent(
          target,
          (key, outage) -> {
            outage.flush(now);
            return outage;
          });
    }
    further.forEach((key, count) -> tell(key, count, now));
  }

  private @Nullable Outage failed(@Nullable Outage known, ProbeResult result, Failure failure) {
    if ((known == null || !known.knows(failure)) && !mayGrow()) {
      count(failure);
      return known;
    }
    Outage outage = known == null ? new Outage(records, intervalNanos) : known;
    outage.failed(result, failure, nanoTime.getAsLong());
    return outage;
  }

  private boolean mayGrow() {
    if (kinds.incrementAndGet() <= MOST_KINDS) {
      return true;
    }
    kinds.decrementAndGet();
    return false;
  }

  private @Nullable Outage forgotten(Outage outage, long now) {
    outage.flush(now);
    kinds.addAndGet(-outage.size());
    return null;
  }

  private void count(Failure failure) {
    Further key = new Further(failure.phase(), failure.reason());
    Count count = further.computeIfAbsent(key, ignored -> new Count());
    if (count.untold.getAndIncrement() == 0) {
      count.since = Instant.now();
    }
  }

  private void tell(Further key, Count count, long now) {
    Instant since = count.since;
    long untold = count.untold.getAndSet(0);
    if (untold > 0) {
      records.further(key.phase().label(), key.reason().label(), untold, since);
      count.told = true;
      count.toldAtNanos = now;
    }
  }
}
