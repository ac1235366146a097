package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BoundedMemoTest {
  private final BoundedMemo<Integer, String> memo = new BoundedMemo<>(100);

  @Test
  void theFirstValueStaysUnlessItIsReplaced() {
    assertNull(memo.get(1));
    assertEquals("a", memo.putIfAbsent(1, "a"));
    assertEquals("a", memo.putIfAbsent(1, "b"));
    memo.put(1, "c");
    assertEquals("c", memo.get(1));
    assertEquals(1, memo.size());
  }

  @Test
  void itNeverHoldsMoreThanItMay() {
    for (int key = 0; key < 1_000; key++) {
      memo.put(key, "x");
      assertEquals("x", memo.get(key));
      assertEquals(Math.min(key + 1, 100), memo.size());
    }
  }

  @Test
  void aCircleALittleTooLargeIsMostlyRemembered() {
    int hits = 0;
    for (int round = 0; round < 50; round++) {
      for (int key = 0; key < 110; key++) {
        hits += memo.get(key) == null ? 0 : 1;
        memo.putIfAbsent(key, "x");
      }
    }
    // Forgetting the oldest would score nothing at all.
    assertTrue(hits > 50 * 110 / 2, "hits: " + hits);
  }
}
