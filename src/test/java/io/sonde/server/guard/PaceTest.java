package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void savingsAreSpentAtOnceAndThenTheShareHolds() {
    Pace pace = new Pace(0.05, 100, 0);
    assertEquals(0, pace.waitNanos(0));
    pace.spend(150, 150);
    long wait = pace.waitNanos(150);
    assertTrue(wait >= 1000 && wait <= 1040, "50 too many were spent: " + wait);
    assertEquals(0, pace.waitNanos(150 + wait));
    assertTrue(pace.waitNanos(150 + wait - 30) > 0);
  }

  @Test
  void overALongTimeNoMoreThanTheShareIsSpent() {
    Pace pace = new Pace(0.05, 500, 0);
    long now = 0;
    long spent = 0;
    while (now < 1_000_000) {
      now += pace.waitNanos(now);
      pace.spend(48, now + 48);
      now += 48;
      spent += 48;
    }
    assertTrue(spent < 1_000_000 * 0.05 + 500 + 96, "spent " + spent);
    assertTrue(spent > 1_000_000 * 0.045, "spent " + spent);
  }

  @Test
  void quietTimeSavesNoMoreThanTheMost() {
    Pace pace = new Pace(0.5, 100, 0);
    pace.spend(100, 0);
    pace.waitNanos(1_000_000);
    pace.spend(150, 1_000_000);
    assertTrue(pace.waitNanos(1_000_000) >= 100);
  }
}
