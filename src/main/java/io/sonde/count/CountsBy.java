package io.sonde.count;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A count for each value of a closed set. Thread-safe.
 *
 * @param <E> the set
 */
public final class CountsBy<E extends Enum<E>> {
  private final Map<E, AtomicLong> counts;

  /** Nothing counted yet. */
  public CountsBy(Class<E> values) {
    counts = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      counts.put(value, new AtomicLong());
    }
  }

  /** Counts one. */
  public void add(E value) {
    cell(value).getAndIncrement();
  }

  /** How many were counted. */
  public long of(E value) {
    return cell(value).get();
  }

  private AtomicLong cell(E value) {
    return Objects.requireNonNull(counts.get(value));
  }
}
