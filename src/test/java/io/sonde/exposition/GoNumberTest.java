package io.sonde.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNumberTest {
  private static final long SEED = 20261121;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1, -1",
    "1.1, 1.1",
    "1322, 1322",
    "123456, 123456",
    "100000, 100000",
    "999999, 999999",
    "1000000, 1e+06",
    "1234567, 1.234567e+06",
    "3668918509, 3.668918509e+09",
    "-62135596800, -6.21355968e+10",
    "1.4712e-5, 1.4712e-05",
    "0.0001, 0.0001",
    "0.005489578, 0.005489578",
    "0.5, 0.5",
    "14.5, 14.5",
    "123456.789, 123456.789",
    "1234567.5, 1.2345675e+06",
    "1e21, 1e+21",
    "1e100, 1e+100",
    "2e-3, 0.002",
    "1e23, 1e+23",
    "2e23, 2e+23",
    "4.9e-324, 5e-324",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740993, 9.007199254740992e+15",
    "5e-9, 5e-09",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
  })
  void numbersLookAsGoPrintsThem(double value, String expected) {
    assertEquals(expected, GoNumber.format(value));
  }

  @Test
  void randomBitsAreWrittenShortestAndReadBackTheSame() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        check(value);
      }
    }
  }

  @Test
  void timesCountsAndPowersOfTwoAreWrittenShortest() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      check(random.nextLong(120_000_000_000L) / 1e9);
      check(random.nextDouble() * Math.pow(10, random.nextInt(-8, 20)));
      check((double) random.nextLong(1L << 54));
    }
    for (int exponent = -1074; exponent < 1024; exponent += 7) {
      check(Math.scalb(1.0, exponent));
      check(Math.nextDown(Math.scalb(1.0, exponent)));
    }
  }

  private static void check(double value) {
    String text = GoNumber.format(value);
    assertEquals(value, Double.parseDouble(text), text);
    assertEquals(expected(value), text);
  }

  /**
   * Go's rules over digits found another way: every length in turn, both neighbours of the exact
   * value, nearest first, the even one of two equally near.
   */
  private static String expected(double value) {
    double magnitude = Math.abs(value);
    String sign = value < 0 || 1 / value < 0 ? "-" : "";
    if (magnitude == 0) {
      return sign + "0";
    }
    BigDecimal exact = new BigDecimal(magnitude);
    int exponent = exact.precision() - exact.scale() - 1;
    for (int digits = 1; digits <= 17; digits++) {
      BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(exponent - digits + 1);
      BigInteger below = exact.divideToIntegralValue(unit).toBigInteger();
      BigInteger above = below.add(BigInteger.ONE);
      int nearer =
          exact
              .subtract(new BigDecimal(below).multiply(unit))
              .compareTo(new BigDecimal(above).multiply(unit).subtract(exact));
      boolean belowFirst = nearer < 0 || (nearer == 0 && !below.testBit(0));
      for (BigInteger candidate :
          belowFirst ? new BigInteger[] {below, above} : new BigInteger[] {above, below}) {
        BigDecimal decimal = new BigDecimal(candidate).multiply(unit);
        if (decimal.doubleValue() == magnitude) {
          return sign + layOut(decimal);
        }
      }
    }
    throw new AssertionError("no decimal for " + value);
  }

  private static String layOut(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    String digits = stripped.unscaledValue().toString();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return stripped.toPlainString();
    }
    assertTrue(digits.length() <= 17);
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
