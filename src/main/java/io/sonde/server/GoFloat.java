package io.sonde.server;

import io.sonde.exposition.GoQuote;
import java.util.regex.Pattern;

/** Reads floating point numbers as Go's {@code strconv.ParseFloat} does, error texts included. */
public final class GoFloat {
  /**
   * Decimal or hexadecimal, the latter with an exponent; underscores between digits are checked
   * apart.
   */
  private static final String DECIMAL =
      "[+-]?(?:[0-9_]+\\.?[0-9_]*|\\.[0-9_]+)(?:[eE][+-]?[0-9_]+)?";

  private static final String HEXADECIMAL =
      "[+-]?0[xX](?:[0-9a-fA-F_]+\\.?[0-9a-fA-F_]*|\\.[0-9a-fA-F_]+)[pP][+-]?[0-9_]+";

  private GoFloat() {}

  /** Made when the first unusual number comes: scrapers send plain ones. */
  private static final class Syntax {
    static final Pattern NUMBER = Pattern.compile(DECIMAL + "|" + HEXADECIMAL);
    static final Pattern STRAY_UNDERSCORE =
        Pattern.compile("^[+-]?_|_$|__|_[^0-9a-fA-F]|[^0-9a-fA-FxX]_");
    static final Pattern INFINITE =
        Pattern.compile("[+-]?(?:inf|infinity)", Pattern.CASE_INSENSITIVE);
  }

  /**
   * Reads a number.
   *
   * @throws NumberFormatException with Go's text, which quotes what came
   */
  public static double parse(String text) {
    if (isPlain(text)) {
      return Double.parseDouble(text);
    }
    if (text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (Syntax.INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!Syntax.NUMBER.matcher(text).matches()
        || (text.indexOf('_') >= 0 && Syntax.STRAY_UNDERSCORE.matcher(text).find())) {
      throw problem(text, "invalid syntax");
    }
    double value;
    try {
      value = Double.parseDouble(text.replace("_", ""));
    } catch (NumberFormatException ignored) {
      throw problem(text, "invalid syntax");
    }
    if (Double.isInfinite(value)) {
      throw problem(text, "value out of range");
    }
    return value;
  }

  /** Whether the text is a few digits with at most one point between them. */
  private static boolean isPlain(String text) {
    int length = text.length();
    if (length == 0 || length > 15) {
      return false;
    }
    boolean point = false;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && !point && i > 0 && i < length - 1) {
        point = true;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  private static NumberFormatException problem(String text, String what) {
    return new NumberFormatException(
        "strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": " + what);
  }
}
