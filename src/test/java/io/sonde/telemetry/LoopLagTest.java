package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.testkit.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopLagTest {
  private final VirtualLoop virtual = new VirtualLoop();
  private final LoopLag lag = LoopLag.measure(List.of(virtual.loop()));

  @Test
  void aLoopInTimeIsNotLate() {
    for (int i = 0; i < 4; i++) {
      virtual.advance(Duration.ofMillis(250));
    }
    assertEquals(4, Arrays.stream(lag.lags().buckets()).sum());
    assertEquals(0, lag.lags().sumSeconds());
    assertArrayEquals(new double[] {0}, lag.lateSeconds());
  }

  @Test
  void aLoopThatWasLateIsCountedWithItsDelay() {
    virtual.advance(Duration.ofSeconds(3));
    assertEquals(2.75, lag.lags().sumSeconds());
  }

  @Test
  void aLoopThatIsLateNowIsSeenBeforeItHasCaughtUp() {
    List<Double> seen = new ArrayList<>();
    virtual.loop().schedule(() -> seen.add(lag.lateSeconds()[0]), 249, TimeUnit.MILLISECONDS);
    virtual.advance(Duration.ofSeconds(60));
    assertEquals(List.of(59.75), seen);
  }
}
