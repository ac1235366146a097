package io.sonde.server;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The value of Date fields (RFC 9110, section 5.6.7), made once per second. Not thread-safe. */
final class HttpDate {
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private long second = Long.MIN_VALUE;
  private byte[] text = {};

  byte[] now() {
    long now = Math.floorDiv(System.currentTimeMillis(), 1_000L);
    if (now != second) {
      second = now;
      text = format(LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC));
    }
    return text;
  }

  /** By hand: a formatter of the JDK costs the first request the loading of its locale data. */
  static byte[] format(LocalDateTime time) {
    StringBuilder date = new StringBuilder(29);
    date.append(word(DAYS, time.getDayOfWeek().getValue())).append(", ");
    two(date, time.getDayOfMonth()).append(' ');
    date.append(word(MONTHS, time.getMonthValue())).append(' ').append(time.getYear()).append(' ');
    two(date, time.getHour()).append(':');
    two(date, time.getMinute()).append(':');
    return two(date, time.getSecond())
        .append(" GMT")
        .toString()
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String word(String words, int number) {
    return words.substring((number - 1) * 3, number * 3);
  }

  private static StringBuilder two(StringBuilder to, int number) {
    return to.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
