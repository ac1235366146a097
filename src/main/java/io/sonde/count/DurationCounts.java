package io.sonde.count;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many durations fell into which bucket, and their sum: two atomic additions each. Thread-safe;
 * a reader may see a bucket that counts a duration which the sum lacks yet.
 */
public final class DurationCounts {
  private static final double NANOS_PER_SECOND = 1e9;

  private final DurationBounds bounds;

  /** The buckets, and the sum in nanoseconds after them. */
  private final AtomicLongArray cells;

  /** Nothing counted yet. */
  public DurationCounts(DurationBounds bounds) {
    this.bounds = bounds;
    this.cells = new AtomicLongArray(bounds.buckets() + 1);
  }

  /** Counts one duration; one that is negative counts as none at all. */
  public void add(long nanos) {
    long counted = Math.max(0, nanos);
    cells.getAndIncrement(bounds.bucketOf(counted));
    cells.getAndAdd(bounds.buckets(), counted);
  }

  /** The upper bounds of the buckets. */
  public DurationBounds bounds() {
    return bounds;
  }

  /** How many durations fell into each bucket, not cumulated. */
  public long[] buckets() {
    long[] counts = new long[bounds.buckets()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = cells.get(i);
    }
    return counts;
  }

  /** All durations together. */
  public double sumSeconds() {
    return cells.get(bounds.buckets()) / NANOS_PER_SECOND;
  }
}
