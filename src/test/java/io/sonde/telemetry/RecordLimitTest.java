package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordLimitTest {
  private static final int MOST = RecordLimit.MOST_PER_MINUTE;

  private final LoggerContext context = new LoggerContext();
  private final AtomicLong now = new AtomicLong();
  private final RecordLimit limit = new RecordLimit(now::get);

  @Test
  void aNewMinuteBegins() {
    assertEquals(MOST, admitted(MOST + 5, "a", Level.WARN));
    assertEquals(List.of(), limit.leftOut(false));
    now.addAndGet(TimeUnit.SECONDS.toNanos(61));
    assertEquals(List.of(new RecordLimit.LeftOut("x.Some", "a", 5)), limit.leftOut(false));
    assertEquals(List.of(), limit.leftOut(true));
    assertEquals(MOST, admitted(MOST + 1, "a", Level.WARN));
  }

  @Test
  void messagesHaveTheirOwnLimits() {
    admitted(2 * MOST, "a", Level.INFO);
    assertEquals(MOST, admitted(MOST, "b", Level.INFO));
  }

  @Test
  void whatWasAskedForIsNotLimited() {
    assertEquals(1_000, admitted(1_000, "a", Level.DEBUG));
    ILoggingEvent probe = event(ProbeLog.LOGGER_NAME, "Probe failed", Level.ERROR);
    for (int i = 0; i < 1_000; i++) {
      assertTrue(limit.admits(probe));
    }
  }

  @Test
  void messagesThatAreMadeUpShareALimit() {
    int written = 0;
    for (int i = 0; i < 5_000; i++) {
      written += limit.admits(event("x.Some", "message " + i, Level.INFO)) ? 1 : 0;
    }
    assertFalse(written > 1_000 + MOST, () -> "not bounded");
    long leftOut = limit.leftOut(true).stream().mapToLong(RecordLimit.LeftOut::count).sum();
    assertEquals(5_000, written + leftOut);
  }

  private int admitted(int tries, String message, Level level) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += limit.admits(event("x.Some", message, level)) ? 1 : 0;
    }
    return admitted;
  }

  private ILoggingEvent event(String logger, String message, Level level) {
    return new LoggingEvent("", context.getLogger(logger), level, message, null, null);
  }
}
