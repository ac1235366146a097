package io.sonde.exposition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a double as Go's {@code strconv.FormatFloat(v, 'g', -1, 64)} does, which is what scrapers
 * of the Prometheus text format have always seen: the shortest decimal that reads back as the same
 * double, plain while its exponent is between -4 and 5, else scientific with at least two digits of
 * exponent: {@code 123456}, {@code 1e+06}, {@code 1.4712e-05}.
 */
public final class GoNumber {
  /** No number is longer: sign, 17 digits, point, {@code e-324}. */
  static final int MAX_CHARS = 32;

  private static final byte[] NAN = {'N', 'a', 'N'};
  private static final byte[] POSITIVE_INFINITY = {'+', 'I', 'n', 'f'};
  private static final byte[] NEGATIVE_INFINITY = {'-', 'I', 'n', 'f'};

  /** Whole doubles below this have no shorter decimal than their own digits. */
  private static final double EXACT_INTEGERS = 1L << 53;

  /** Two different decimals of up to this many digits are never the same (normal) double. */
  private static final int UNIQUE_DIGITS = 15;

  private static final double UNIQUE_LIMIT = 1e15;
  private static final double NANOS = 1e9;

  private GoNumber() {}

  /** The number as text. */
  public static String format(double value) {
    byte[] text = new byte[MAX_CHARS];
    return new String(text, 0, write(value, text, 0), StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes the number into {@code to} from index {@code at} on, which has {@link #MAX_CHARS} free.
   *
   * @return the index after its last character
   */
  static int write(double value, byte[] to, int at) {
    if (Double.isNaN(value)) {
      return copy(NAN, to, at);
    }
    if (Double.isInfinite(value)) {
      return copy(value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY, to, at);
    }
    if (value < 0 || (value == 0 && 1 / value < 0)) {
      to[at++] = '-';
      value = -value;
    }
    return writeMagnitude(value, to, at);
  }

  private static int writeMagnitude(double value, byte[] to, int at) {
    long whole = (long) value;
    if (whole == value && value < EXACT_INTEGERS) {
      return whole < 10 ? copyDigit(whole, to, at) : writeDecimal(whole, 0, to, at);
    }
    // Nearly all other values are times: a whole number of nanoseconds over 1e9. If it has few
    // enough digits and the division gives the value again, its decimal is the shortest there is.
    double nanos = Math.rint(value * NANOS);
    if (nanos < UNIQUE_LIMIT && nanos / NANOS == value) {
      return writeDecimal((long) nanos, -9, to, at);
    }
    BigDecimal shortest = shortest(value);
    return writeDecimal(shortest.unscaledValue().longValueExact(), -shortest.scale(), to, at);
  }

  private static int copyDigit(long digit, byte[] to, int at) {
    to[at] = (byte) ('0' + digit);
    return at + 1;
  }

  private static int copy(byte[] text, byte[] to, int at) {
    System.arraycopy(text, 0, to, at, text.length);
    return at + text.length;
  }

  /** Writes {@code digits * 10^exponent}, digits not being 0. */
  private static int writeDecimal(long digits, int exponent, byte[] to, int at) {
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    int count = countDigits(digits);
    int scientific = count - 1 + exponent;
    if (scientific < -4 || scientific > 5) {
      return writeScientific(digits, count, scientific, to, at);
    }
    if (exponent >= 0) {
      at = writeDigits(digits, count, to, at);
      return zeros(exponent, to, at);
    }
    if (scientific >= 0) {
      return writePointed(digits, count, scientific + 1, to, at);
    }
    to[at++] = '0';
    to[at++] = '.';
    at = zeros(-scientific - 1, to, at);
    return writeDigits(digits, count, to, at);
  }

  private static int writeScientific(long digits, int count, int exponent, byte[] to, int at) {
    at = count == 1 ? writeDigits(digits, 1, to, at) : writePointed(digits, count, 1, to, at);
    to[at++] = 'e';
    to[at++] = (byte) (exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    if (magnitude < 10) {
      to[at++] = '0';
    }
    return writeDigits(magnitude, countDigits(magnitude), to, at);
  }

  private static int writePointed(long digits, int count, int beforePoint, byte[] to, int at) {
    int end = writeDigits(digits, count, to, at);
    System.arraycopy(to, at + beforePoint, to, at + beforePoint + 1, count - beforePoint);
    to[at + beforePoint] = '.';
    return end + 1;
  }

  private static int writeDigits(long digits, int count, byte[] to, int at) {
    for (int i = at + count - 1; i >= at; i--) {
      to[i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    return at + count;
  }

  private static int zeros(int count, byte[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at++] = '0';
    }
    return at;
  }

  private static int countDigits(long digits) {
    int count = 1;
    while (digits >= 10) {
      digits /= 10;
      count++;
    }
    return count;
  }

  /**
   * The shortest decimal that reads back as {@code value}, and of those the one nearest to it.
   * {@code Double.toString} does not promise that before JDK 19 (JDK-4511638).
   */
  private static BigDecimal shortest(double value) {
    BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    boolean normal = value >= Double.MIN_NORMAL;
    if (normal && printed.precision() <= UNIQUE_DIGITS) {
      return printed;
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = normal ? UNIQUE_DIGITS : 1; digits < 17; digits++) {
      BigDecimal nearest = nearest(exact, value, digits);
      if (nearest != null) {
        return nearest;
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }

  /**
   * The decimal of that many digits that reads back as {@code value}. Both neighbours are tried:
   * below a power of two the doubles lie closer together, so the nearer decimal may not be the one.
   */
  private static @Nullable BigDecimal nearest(BigDecimal exact, double value, int digits) {
    BigDecimal first = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    RoundingMode away = first.compareTo(exact) > 0 ? RoundingMode.DOWN : RoundingMode.UP;
    BigDecimal second = exact.round(new MathContext(digits, away));
    if (first.doubleValue() == value) {
      return first;
    }
    return second.doubleValue() == value ? second : null;
  }
}
