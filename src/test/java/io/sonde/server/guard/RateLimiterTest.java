package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static RateLimiter limiter(long intervalNanos, int burst) {
    return new RateLimiter(new RateLimit(Duration.ofNanos(intervalNanos), burst), 0);
  }

  @Test
  void aBurstPassesAndThenOneInEachInterval() {
    RateLimiter limiter = limiter(100, 3);
    for (int i = 0; i < 3; i++) {
      assertTrue(limiter.admits(0));
    }
    assertFalse(limiter.admits(0));
    assertFalse(limiter.admits(99));
    assertTrue(limiter.admits(100));
    assertFalse(limiter.admits(100));
  }

  @Test
  void aQuietTimeFillsTheBucketAndNoMore() {
    RateLimiter limiter = limiter(100, 2);
    int passed = 0;
    for (int i = 0; i < 10; i++) {
      passed += limiter.admits(1_000_000) ? 1 : 0;
    }
    assertEquals(2, passed);
  }

  @Test
  void withoutABurstNothingPasses() {
    assertFalse(limiter(1, 0).admits(1_000_000));
    assertFalse(limiter(1, -5).admits(1_000_000));
  }

  @Test
  void hugeNumbersDoNotOverflow() {
    RateLimiter limiter = limiter(Long.MAX_VALUE, Integer.MAX_VALUE);
    assertTrue(limiter.admits(5));
    assertTrue(limiter.admits(6));
  }
}
