package io.sonde.count;

import java.util.Arrays;

/** The upper bounds of a histogram's buckets, ascending; each belongs to its bucket. Immutable. */
public final class DurationBounds {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] seconds;
  private final long[] nanos;

  private DurationBounds(double... seconds) {
    this.seconds = seconds;
    this.nanos =
        Arrays.stream(seconds).mapToLong(bound -> Math.round(bound * NANOS_PER_SECOND)).toArray();
  }

  /** Bounds in seconds, ascending. */
  public static DurationBounds ofSeconds(double... bounds) {
    return new DurationBounds(bounds.clone());
  }

  /** The bounds in seconds, and the infinite one. */
  public double[] secondsAndInfinity() {
    double[] all = Arrays.copyOf(seconds, seconds.length + 1);
    all[seconds.length] = Double.POSITIVE_INFINITY;
    return all;
  }

  /** Number of buckets, that for what is longer than every bound included. */
  public int buckets() {
    return nanos.length + 1;
  }

  /** The bucket of a duration. */
  int bucketOf(long durationNanos) {
    int bucket = 0;
    while (bucket < nanos.length && durationNanos > nanos[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
