package io.sonde.cli;

import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the probes of one series, and remembers how long the passed ones took. */
final class Tally {
  private static final int FIRST_CAPACITY = 64;

  private final Map<String, Integer> failures = new LinkedHashMap<>();
  private long[] passedNanos = new long[FIRST_CAPACITY];
  private int passed;
  private int failed;

  /** The times of the passed probes, in nanoseconds. */
  record Times(long min, long median, long p95, long max) {}

  /** Counts a probe; one that was interrupted says nothing about its target. */
  void add(ProbeResult result) {
    Failure failure = result.verdict().failure();
    if (result.abandoned()) {
      return;
    }
    if (failure != null) {
      failed++;
      failures.merge(failure.phase().label() + "/" + failure.reason().label(), 1, Integer::sum);
      return;
    }
    if (passed == passedNanos.length) {
      passedNanos = Arrays.copyOf(passedNanos, 2 * passed);
    }
    passedNanos[passed++] = result.duration().toNanos();
  }

  int count() {
    return passed + failed;
  }

  int passed() {
    return passed;
  }

  int failed() {
    return failed;
  }

  /** How often each kind of failure came, by {@code phase/reason}, in order of appearance. */
  Map<String, Integer> failures() {
    return failures;
  }

  /** At least one probe must have passed. */
  Times times() {
    long[] sorted = Arrays.copyOf(passedNanos, passed);
    Arrays.sort(sorted);
    long median = (sorted[(passed - 1) / 2] + sorted[passed / 2]) / 2;
    long p95 = sorted[(int) Math.ceil(passed * 0.95) - 1];
    return new Times(sorted[0], median, p95, sorted[passed - 1]);
  }
}
