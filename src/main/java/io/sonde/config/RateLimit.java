package io.sonde.config;

import java.time.Duration;

/**
 * How many requests are answered: one per interval, and up to {@code burst} at once after a quiet
 * time.
 *
 * @param interval zero or less means that there is no limit
 * @param burst with none, every request is refused
 */
public record RateLimit(Duration interval, int burst) {
  /** No limit. */
  public static final RateLimit NONE = new RateLimit(Duration.ZERO, 0);

  /** Whether there is a limit. */
  public boolean isOn() {
    return interval.compareTo(Duration.ZERO) > 0;
  }
}
