package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sonde.probe.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderMemoryTest {
  private static final int CAPACITY = 100_000;

  private final HeaderMemory memory = new HeaderMemory(CAPACITY);
  private final List<Runnable> closers = new ArrayList<>();
  private final HeaderMemory.Share share = memory.share(closers::add);

  @Test
  void whatUsualResponsesNeedIsNotCounted() {
    for (int i = 0; i < 40; i++) {
      share.line(60);
    }
    share.unread(1_000);
    assertEquals(0, memory.taken());
    assertEquals(List.of(), closers);
  }

  @Test
  void aLineCostsMoreThanItsText() {
    for (int i = 0; i < 200; i++) {
      share.line(0);
    }
    assertEquals(1, closers.size());
    long taken = memory.taken();
    assertEquals(true, taken >= 200 * 200 - HeaderMemory.FREE_BYTES, () -> "" + taken);
  }

  @Test
  void whatDoesNotFitIsRefusedAndTakesNothing() {
    share.line(30_000);
    long before = memory.taken();
    HeaderLimitException refusal =
        assertThrows(HeaderLimitException.class, () -> memory.share(closers::add).line(40_000));
    assertEquals(Reason.BODY_LIMIT, refusal.reason());
    assertEquals(before, memory.taken());
  }

  @Test
  void theEndOfTheRunGivesAllBack() {
    share.line(20_000);
    share.line(10_000);
    assertEquals(1, closers.size());
    closers.get(0).run();
    assertEquals(0, memory.taken());
    assertThrows(HeaderLimitException.class, () -> share.line(20_000));
    closers.get(0).run();
    assertEquals(0, memory.taken());
  }

  @Test
  void whatWaitsIsChargedOnce() {
    share.unread(20_000);
    long taken = memory.taken();
    share.unread(0);
    share.unread(20_000);
    assertEquals(taken, memory.taken());
    assertThrows(HeaderLimitException.class, () -> share.unread(60_000));
  }

  @Test
  void thereAreNeverMoreThanSoManyLines() {
    HeaderMemory.Share other = new HeaderMemory(Long.MAX_VALUE).share(closers::add);
    for (int i = 0; i < HeaderMemory.MAX_LINES; i++) {
      other.line(0);
    }
    HeaderLimitException refusal = assertThrows(HeaderLimitException.class, () -> other.line(0));
    assertEquals(Reason.PROTOCOL, refusal.reason());
  }

  @Test
  void nothingMayWaitWithoutEndHoweverMuchMemoryThereIs() {
    HeaderMemory.Share other = new HeaderMemory(Long.MAX_VALUE).share(closers::add);
    other.unread(ResponseDecoder.MAX_HEADER_BYTES);
    assertThrows(
        HeaderLimitException.class, () -> other.unread(ResponseDecoder.MAX_HEADER_BYTES + 1));
  }
}
