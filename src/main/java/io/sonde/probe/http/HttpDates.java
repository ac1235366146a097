package io.sonde.probe.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates as HTTP writes them, in any of the three forms of RFC 9110, section 5.6.7. */
final class HttpDates {
  /** Two digits of a year mean the past century from here on. */
  private static final int PIVOT_YEAR = 69;

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern RFC_1123 =
      Pattern.compile("[A-Za-z]{3}, (\\d{2}) ([A-Za-z]{3}) (\\d{4}) (\\d{2}:\\d{2}:\\d{2}) GMT");
  private static final Pattern RFC_850 =
      Pattern.compile("[A-Za-z]{6,9}, (\\d{2})-([A-Za-z]{3})-(\\d{2}) (\\d{2}:\\d{2}:\\d{2}) GMT");
  private static final Pattern ASCTIME =
      Pattern.compile("[A-Za-z]{3} ([A-Za-z]{3}) ([ \\d]\\d) (\\d{2}:\\d{2}:\\d{2}) (\\d{4})");

  private HttpDates() {}

  /** Seconds since 1970, or nothing if the text is no such date. */
  static OptionalLong epochSeconds(String text) {
    Matcher rfc1123 = RFC_1123.matcher(text);
    if (rfc1123.matches()) {
      int year = Integer.parseInt(rfc1123.group(3));
      return seconds(year, rfc1123.group(2), rfc1123.group(1), rfc1123.group(4));
    }
    Matcher rfc850 = RFC_850.matcher(text);
    if (rfc850.matches()) {
      int twoDigits = Integer.parseInt(rfc850.group(3));
      int year = twoDigits + (twoDigits >= PIVOT_YEAR ? 1900 : 2000);
      return seconds(year, rfc850.group(2), rfc850.group(1), rfc850.group(4));
    }
    Matcher asctime = ASCTIME.matcher(text);
    if (asctime.matches()) {
      int year = Integer.parseInt(asctime.group(4));
      return seconds(year, asctime.group(1), asctime.group(2), asctime.group(3));
    }
    return OptionalLong.empty();
  }

  private static OptionalLong seconds(int year, String month, String day, String time) {
    try {
      int monthNumber = MONTHS.indexOf(month.toLowerCase(Locale.ROOT)) + 1;
      LocalDate date = LocalDate.of(year, monthNumber, Integer.parseInt(day.strip()));
      return OptionalLong.of(date.toEpochSecond(LocalTime.parse(time), ZoneOffset.UTC));
    } catch (DateTimeException ignored) {
      return OptionalLong.empty();
    }
  }
}
