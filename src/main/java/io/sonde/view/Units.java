package io.sonde.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, dates and sizes as people read them. */
public final class Units {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final double NANOS_PER_MILLI = 1e6;

  private Units() {}

  /** Three significant digits, in milliseconds or seconds. */
  public static String time(long nanos) {
    double millis = nanos / NANOS_PER_MILLI;
    if (millis < 9.995) {
      return String.format(Locale.ROOT, "%.2f ms", millis);
    }
    if (millis < 99.95) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    return millis < 999.5
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.2f s", millis / 1_000);
  }

  /** To the second, in UTC. */
  public static String date(Instant instant) {
    return DATE.format(instant);
  }

  /** To the millisecond, in UTC. */
  public static String timeOfDay(Instant instant) {
    return TIME_OF_DAY.format(instant);
  }

  /** Whole days from one moment to another: 0 within a day, negative if the other was earlier. */
  public static long daysBetween(Instant from, Instant to) {
    return Duration.between(from, to).toDays();
  }

  /** {@code 1 probe}, {@code 2 probes}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
