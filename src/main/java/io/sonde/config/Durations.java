package io.sonde.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 5s}, {@code 1m30s}, {@code 1.5s}, {@code -2h}.
 *
 * <p>A day has 24 hours, a week 7 days, a year 365.
 */
public final class Durations {
  private static final String WITH_UNITS =
      "[-+]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|[smhdwy]))+";

  /** What durations look like. */
  static final String FORM = WITH_UNITS + "|[-+]?0";

  private static final Pattern TEXT = Pattern.compile(WITH_UNITS);
  private static final Pattern GROUP = Pattern.compile("([0-9.]+)([^0-9.]+)");

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int LONGEST_TEXT = 200;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /** Reads a duration; null if the text is none, or if it is longer than 292 years. */
  public static @Nullable Duration parse(String text) {
    if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
      return Duration.ZERO;
    }
    if (text.length() > LONGEST_TEXT || !TEXT.matcher(text).matches()) {
      return null;
    }
    boolean negative = text.charAt(0) == '-';
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher group = GROUP.matcher(negative || text.charAt(0) == '+' ? text.substring(1) : text);
    while (group.find()) {
      BigDecimal unit = BigDecimal.valueOf(nanosPer(group.group(2)));
      nanos = nanos.add(new BigDecimal(group.group(1)).multiply(unit));
    }
    if (nanos.compareTo(MOST) > 0) {
      return null;
    }
    return Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue());
  }

  private static long nanosPer(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> NANOS_PER_MICRO;
      case "ms" -> NANOS_PER_MILLI;
      case "s" -> NANOS_PER_SECOND;
      case "m" -> 60 * NANOS_PER_SECOND;
      case "h" -> 3600 * NANOS_PER_SECOND;
      case "d" -> 86_400 * NANOS_PER_SECOND;
      case "w" -> 7 * 86_400 * NANOS_PER_SECOND;
      default -> 365 * 86_400 * NANOS_PER_SECOND;
    };
  }

  /** Writes a duration in hours, minutes and seconds, or in one smaller unit: {@code 1m30s}. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    int fraction = duration.getNano();
    if (duration.getSeconds() == 0) {
      if (fraction >= NANOS_PER_MILLI) {
        return decimal(0, fraction, NANOS_PER_MILLI) + "ms";
      }
      return fraction >= NANOS_PER_MICRO
          ? decimal(0, fraction, NANOS_PER_MICRO) + "µs"
          : fraction + "ns";
    }
    long hours = duration.toHours();
    String seconds = decimal(duration.toSecondsPart(), fraction, NANOS_PER_SECOND) + "s";
    if (hours > 0) {
      return hours + "h" + duration.toMinutesPart() + "m" + seconds;
    }
    return duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" + seconds : seconds;
  }

  private static String decimal(long whole, long nanos, long unit) {
    return BigDecimal.valueOf(whole)
        .add(BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit)))
        .stripTrailingZeros()
        .toPlainString();
  }
}
