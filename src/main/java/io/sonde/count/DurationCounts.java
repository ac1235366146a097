package io.sonde.count;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How many durations fell into which bucket, and their sum: two atomic additions each. Thread-safe;
 * a reader may see a bucket that counts a duration which the sum lacks yet.
 */
public final class DurationCounts {
  private static final double NANOS_PER_SECOND = 1e9;

  private final DurationBounds bounds;

  /** The buckets, and the sum in nanoseconds after them. */
  private final AtomicLongArray cells;

  private volatile @Nullable AtomicReferenceArray<@Nullable Exemplar> exemplars;

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

  /**
   * Counts one duration whose trace is known: of each bucket the latest is kept.
   *
   * @param atMillis now, since the epoch
   */
  public void add(long nanos, String traceId, String spanId, long atMillis) {
    add(nanos);
    long counted = Math.max(0, nanos);
    cellsOfExemplars()
        .lazySet(
            bounds.bucketOf(counted),
            new Exemplar(counted / NANOS_PER_SECOND, traceId, spanId, atMillis));
  }

  /** The latest durations whose traces are known, one for each bucket that has one. */
  public List<Exemplar> exemplars() {
    AtomicReferenceArray<@Nullable Exemplar> known = exemplars;
    List<Exemplar> latest = new ArrayList<>();
    for (int i = 0; known != null && i < known.length(); i++) {
      Exemplar exemplar = known.get(i);
      if (exemplar != null) {
        latest.add(exemplar);
      }
    }
    return latest;
  }

  /** Most daemons export no traces, and need none. */
  private AtomicReferenceArray<@Nullable Exemplar> cellsOfExemplars() {
    AtomicReferenceArray<@Nullable Exemplar> known = exemplars;
    if (known == null) {
      synchronized (this) {
        known = exemplars;
        if (known == null) {
          known = new AtomicReferenceArray<>(bounds.buckets());
          exemplars = known;
        }
      }
    }
    return known;
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
