package io.sonde.server.guard;

import io.sonde.config.RateLimit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one request pass in each interval, and a burst after a quiet time. Safe for use by many
 * threads.
 */
final class RateLimiter {
  private final long intervalNanos;
  private final long toleranceNanos;

  /** When the bucket will be full again. */
  private final AtomicLong fullAtNanos;

  /** A limiter whose bucket is full. */
  RateLimiter(RateLimit limit, long nowNanos) {
    long most = Long.MAX_VALUE / 4;
    this.intervalNanos = Math.min(limit.interval().toNanos(), most);
    this.toleranceNanos =
        limit.burst() <= 0
            ? -1
            : (long) Math.min((double) intervalNanos * (limit.burst() - 1), (double) most);
    this.fullAtNanos = new AtomicLong(nowNanos);
  }

  /** Whether another request may pass, which then counts. */
  boolean admits(long nowNanos) {
    while (true) {
      long fullAt = fullAtNanos.get();
      long missingNanos = Math.max(0, fullAt - nowNanos);
      if (missingNanos > toleranceNanos) {
        return false;
      }
      if (fullAtNanos.compareAndSet(fullAt, nowNanos + missingNanos + intervalNanos)) {
        return true;
      }
    }
  }
}
