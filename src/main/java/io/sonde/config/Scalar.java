package io.sonde.config;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a scalar stands for: YAML 1.2's core schema, with the octal numbers and the
 * underscores of 1.1.
 *
 * @param value a Boolean, BigInteger or Double; null for the other types
 */
record Scalar(Type type, String tag, @Nullable Object value) {
  enum Type {
    NULL("!!null"),
    BOOL("!!bool"),
    INT("!!int"),
    FLOAT("!!float"),
    STRING("!!str"),
    TIMESTAMP("!!timestamp"),
    BINARY("!!binary"),
    CUSTOM("");

    private final String tag;

    Type(String tag) {
      this.tag = tag;
    }
  }

  private static final Scalar NULL = of(Type.NULL, null);
  private static final Scalar STRING = of(Type.STRING, null);
  private static final Scalar TIMESTAMP = of(Type.TIMESTAMP, null);

  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** Patterns that only scalars which look like numbers or dates need. */
  private static final class Numeric {
    static final Pattern FLOAT =
        Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    static final Pattern DATE =
        Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9].*)?");
  }

  private static Scalar of(Type type, @Nullable Object value) {
    return new Scalar(type, type.tag, value);
  }

  /** Reads a scalar; null if it has one of YAML's own tags that its text does not fit. */
  static @Nullable Scalar of(YamlNode node) {
    String tag = node.tag();
    if (tag.equals("!!str") || (tag.isEmpty() && !node.isPlain())) {
      return STRING;
    }
    Scalar plain = ofPlain(node.text());
    if (node.isExpanded() && plain.type == Type.NULL && tag.isEmpty()) {
      return STRING;
    }
    return switch (tag) {
      case "" -> plain;
      case "!!binary" -> of(Type.BINARY, null);
      case "!!null", "!!bool", "!!int", "!!timestamp" -> plain.tag.equals(tag) ? plain : null;
      case "!!float" -> ofFloat(plain);
      default -> new Scalar(Type.CUSTOM, tag, null);
    };
  }

  /** What the text would stand for without quotes: a value from the environment has no others. */
  Scalar withoutQuotes(YamlNode node) {
    return node.isExpanded() && type == Type.STRING && !node.tag().equals("!!str")
        ? ofPlain(node.text())
        : this;
  }

  private static @Nullable Scalar ofFloat(Scalar plain) {
    if (plain.value instanceof BigInteger whole) {
      return of(Type.FLOAT, whole.doubleValue());
    }
    return plain.type == Type.FLOAT ? plain : null;
  }

  /** Whether a node is a scalar that means nothing. */
  static boolean isNull(YamlNode node) {
    if (!node.isScalar()
        || node.isExpanded()
        || !(node.tag().isEmpty() ? node.isPlain() : node.tag().equals("!!null"))) {
      return false;
    }
    return switch (node.text()) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  private static Scalar ofPlain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> NULL;
      case "true", "True", "TRUE" -> of(Type.BOOL, true);
      case "false", "False", "FALSE" -> of(Type.BOOL, false);
      case ".nan", ".NaN", ".NAN" -> of(Type.FLOAT, Double.NaN);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" ->
          of(Type.FLOAT, Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF" -> of(Type.FLOAT, Double.NEGATIVE_INFINITY);
      default -> "+-.0123456789".indexOf(text.charAt(0)) < 0 ? STRING : ofNumeric(text);
    };
  }

  private static Scalar ofNumeric(String text) {
    if (Numeric.DATE.matcher(text).matches()) {
      return TIMESTAMP;
    }
    String digits = text.charAt(0) == '.' ? text : text.replace("_", "");
    BigInteger whole = wholeNumber(digits);
    if (whole != null) {
      return of(Type.INT, whole);
    }
    return Numeric.FLOAT.matcher(digits).matches()
        ? of(Type.FLOAT, Double.parseDouble(digits))
        : STRING;
  }

  /** A number of 64 bits in decimal, {@code 0x}, {@code 0o}, {@code 0b} or with a leading zero. */
  private static @Nullable BigInteger wholeNumber(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      radix =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
          };
      boolean prefixed = "xXbBoO".indexOf(digits.charAt(1)) >= 0;
      digits = digits.substring(prefixed ? 2 : 1);
    }
    // Longer than any number of 64 bits; BigInteger would take quadratic time for it.
    if (digits.isEmpty() || digits.length() > 100 || !hasOnlyDigits(digits, radix)) {
      return null;
    }
    BigInteger value = new BigInteger(digits, radix);
    value = text.startsWith("-") ? value.negate() : value;
    return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0 ? value : null;
  }

  private static boolean hasOnlyDigits(String text, int radix) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
        return false;
      }
    }
    return true;
  }
}
