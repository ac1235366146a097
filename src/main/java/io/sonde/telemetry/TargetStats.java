package io.sonde.telemetry;

import io.sonde.count.DurationBounds;
import io.sonde.count.DurationCounts;
import io.sonde.probe.ProbeResult;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is counted about single targets, of which callers may make up as many as they like: only so
 * many are told apart, and probes of further ones are merely counted. A target that nobody asked
 * about for an hour is forgotten. Thread-safe.
 */
public final class TargetStats {
  static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Longer targets are cut, and count as one if they begin alike. */
  static final int MOST_CHARS = 512;

  private static final String CUT = "...";

  /** Those of Grafana's agent, so that its dashboards show the same. */
  private static final DurationBounds BOUNDS =
      DurationBounds.ofSeconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

  private record Key(String module, String target) {}

  /** What is counted about one target of one module. */
  static final class Target {
    private final Key key;
    private final AtomicLong passed = new AtomicLong();
    private final DurationCounts durations = new DurationCounts(BOUNDS);
    private volatile long seenNanos;

    private Target(Key key) {
      this.key = key;
    }

    String module() {
      return key.module;
    }

    /** The target as it may be shown. */
    String name() {
      return key.target;
    }

    long passed() {
      return passed.get();
    }

    DurationCounts durations() {
      return durations;
    }
  }

  private final int limit;
  private final LongSupplier nanoClock;
  private final ConcurrentMap<Key, Target> targets = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final LongAdder overflow = new LongAdder();

  /**
   * Nothing counted yet.
   *
   * @param limit how many targets are told apart
   */
  public TargetStats(int limit) {
    this(limit, System::nanoTime);
  }

  TargetStats(int limit, LongSupplier nanoClock) {
    this.limit = limit;
    this.nanoClock = nanoClock;
  }

  /** Counts a probe that ran to its end. */
  void ended(ProbeResult result) {
    Target target =
        find(new Key(result.request().module().name(), label(result.request().target())));
    if (target == null) {
      overflow.increment();
      return;
    }
    target.seenNanos = nanoClock.getAsLong();
    target.durations.add(result.duration().toNanos());
    if (result.verdict().success()) {
      target.passed.getAndIncrement();
    }
  }

  /** Every target that is told apart, without those that nobody asks about any more. */
  Collection<Target> targets() {
    long now = nanoClock.getAsLong();
    for (Target target : targets.values()) {
      if (now - target.seenNanos > IDLE_NANOS && targets.remove(target.key, target)) {
        size.getAndDecrement();
      }
    }
    return Collections.unmodifiableCollection(targets.values());
  }

  int size() {
    return size.get();
  }

  int limit() {
    return limit;
  }

  long overflow() {
    return overflow.sum();
  }

  private @Nullable Target find(Key key) {
    Target known = targets.get(key);
    if (known != null) {
      return known;
    }
    if (size.incrementAndGet() > limit) {
      size.getAndDecrement();
      return null;
    }
    Target fresh = new Target(key);
    fresh.seenNanos = nanoClock.getAsLong();
    Target other = targets.putIfAbsent(key, fresh);
    if (other != null) {
      size.getAndDecrement();
      return other;
    }
    return fresh;
  }

  /** What stands for a target that has no password any more; a pair of surrogates is not parted. */
  private static String label(String target) {
    if (target.length() <= MOST_CHARS) {
      return target;
    }
    int end = MOST_CHARS - CUT.length();
    return target.substring(0, Character.isHighSurrogate(target.charAt(end - 1)) ? end - 1 : end)
        + CUT;
  }
}
