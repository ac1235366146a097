package io.sonde.count;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DurationCountsTest {
  private final DurationCounts counts = new DurationCounts(DurationBounds.ofSeconds(0.01, 0.1, 1));

  @Test
  void aBoundBelongsToItsBucket() {
    add(Duration.ofMillis(10), Duration.ofMillis(10).plusNanos(1), Duration.ofSeconds(1));
    assertArrayEquals(new long[] {1, 1, 1, 0}, counts.buckets());
  }

  @Test
  void whatIsLongerThanEveryBoundIsCountedToo() {
    add(Duration.ofSeconds(2), Duration.ofDays(400));
    assertArrayEquals(new long[] {0, 0, 0, 2}, counts.buckets());
    assertEquals(2 + 400 * 86_400.0, counts.sumSeconds());
  }

  @Test
  void aNegativeDurationTakesNothingFromTheSum() {
    add(Duration.ofMillis(-5), Duration.ofMillis(5));
    assertArrayEquals(new long[] {2, 0, 0, 0}, counts.buckets());
    assertEquals(0.005, counts.sumSeconds());
  }

  @Test
  void nothingIsLostBetweenThreads() {
    IntStream.range(0, 40_000).parallel().forEach(i -> counts.add(i % 2 * 20_000_000L));
    assertArrayEquals(new long[] {20_000, 20_000, 0, 0}, counts.buckets());
    assertEquals(400.0, counts.sumSeconds());
  }

  @Test
  void theLastBoundIsInfinite() {
    assertArrayEquals(
        new double[] {0.01, 0.1, 1, Double.POSITIVE_INFINITY},
        counts.bounds().secondsAndInfinity());
  }

  private void add(Duration... durations) {
    for (Duration duration : durations) {
      counts.add(duration.toNanos());
    }
  }
}
