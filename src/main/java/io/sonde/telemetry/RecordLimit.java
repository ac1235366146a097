package io.sonde.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Bounds how often the daemon repeats itself, as whoever sends it requests, answers or signals may
 * cause the same record at will: of one message at most {@link #MOST_PER_MINUTE} are written a
 * minute, and the others are counted. Not for the records about probes, which have a bound of their
 * own, nor for those of level debug, which somebody asked for. Thread-safe.
 */
final class RecordLimit {
  /** What is told about those that were not written. */
  static final String MESSAGE = "Further records left out";

  /** Enough for a file with a warning about each of its modules. */
  static final int MOST_PER_MINUTE = 100;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** Messages are fixed texts; should a library make some up, the last ones share a limit. */
  private static final int MOST_MESSAGES = 1_000;

  private record Kind(String logger, String message) {}

  private static final Kind OTHERS = new Kind("Others", "");

  /**
   * Records that were not written.
   *
   * @param logger whose they were
   * @param message the text that they had in common
   * @param count how many
   */
  record LeftOut(String logger, String message, long count) {}

  /** Guarded by itself. */
  private static final class Minute {
    private long beganAtNanos;
    private int written;
    private long leftOut;
  }

  private final Map<Kind, Minute> minutes = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  RecordLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether the record is to be written; counts it if not. */
  boolean admits(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.INFO)
        || event.getLoggerName().equals(ProbeLog.LOGGER_NAME)) {
      return true;
    }
    Kind asked = new Kind(event.getLoggerName(), String.valueOf(event.getMessage()));
    Kind kind = minutes.size() < MOST_MESSAGES || minutes.containsKey(asked) ? asked : OTHERS;
    Minute minute = minutes.computeIfAbsent(kind, ignored -> new Minute());
    long now = nanoTime.getAsLong();
    synchronized (minute) {
      if (minute.leftOut == 0 && (minute.written == 0 || isOver(minute, now))) {
        minute.beganAtNanos = now;
        minute.written = 0;
      }
      if (minute.written < MOST_PER_MINUTE) {
        minute.written++;
        return true;
      }
      minute.leftOut++;
      return false;
    }
  }

  /**
   * What was left out and has not been told; with that a new minute begins for it.
   *
   * @param all also where the minute is not over
   */
  List<LeftOut> leftOut(boolean all) {
    long now = nanoTime.getAsLong();
    List<LeftOut> told = new ArrayList<>();
    minutes.forEach(
        (kind, minute) -> {
          synchronized (minute) {
            if (minute.leftOut > 0 && (all || isOver(minute, now))) {
              told.add(new LeftOut(kind.logger(), kind.message(), minute.leftOut));
              minute.leftOut = 0;
              minute.written = 0;
            }
          }
        });
    return told;
  }

  private static boolean isOver(Minute minute, long now) {
    return now - minute.beganAtNanos >= MINUTE_NANOS;
  }
}
