package io.sonde.view;

import io.sonde.exposition.GoQuote;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, strings, numbers and booleans as JSON (RFC 8259), mostly on one line. What
 * could steer a terminal is escaped in strings; a number that is not finite becomes a string, and
 * half of a surrogate pair the replacement character.
 */
public final class Json {
  /** Below this, a whole number in a double is exact. */
  private static final double EXACT = 1L << 53;

  private Json() {}

  /** The value as JSON text. */
  public static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder(1024);
    append(text, value);
    return text.toString();
  }

  /** The same, with each member of an object on a line of its own. */
  public static String lines(@Nullable Object value) {
    StringBuilder text = new StringBuilder(1024);
    appendLines(text, value, "\n");
    return text.append('\n').toString();
  }

  private static void appendLines(StringBuilder to, @Nullable Object value, String line) {
    String inner = line + "  ";
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        appendString(to.append(separator).append(inner), String.valueOf(entry.getKey()));
        appendLines(to.append(": "), entry.getValue(), inner);
        separator = ",";
      }
      to.append(line).append('}');
    } else if (value instanceof Collection<?> items && !items.isEmpty()) {
      String separator = "[";
      for (Object item : items) {
        appendLines(to.append(separator), item, line);
        separator = ", ";
      }
      to.append(']');
    } else {
      append(to, value);
    }
  }

  private static void append(StringBuilder to, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      appendObject(to, map);
    } else if (value instanceof Collection<?> items) {
      char separator = '[';
      for (Object item : items) {
        append(to.append(separator), item);
        separator = ',';
      }
      to.append(items.isEmpty() ? "[]" : "]");
    } else if (value instanceof Double number) {
      appendDouble(to, number);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      to.append(value);
    } else {
      appendString(to, value.toString());
    }
  }

  private static void appendObject(StringBuilder to, Map<?, ?> map) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      appendString(to.append(separator), String.valueOf(entry.getKey()));
      append(to.append(':'), entry.getValue());
      separator = ',';
    }
    to.append(map.isEmpty() ? "{}" : "}");
  }

  private static void appendDouble(StringBuilder to, double number) {
    if (!Double.isFinite(number)) {
      appendString(to, Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf");
    } else if (number == Math.rint(number) && Math.abs(number) < EXACT) {
      to.append((long) number);
    } else {
      to.append(number);
    }
  }

  private static void appendString(StringBuilder to, String text) {
    to.append('"');
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                to.append('\\').append((char) point);
              } else if (GoQuote.isPrintable(point)) {
                to.appendCodePoint(point);
              } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                to.append("\\ufffd"); // Half a character, which some readers refuse.
              } else {
                for (char unit : Character.toChars(point)) {
                  to.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
              }
            });
    to.append('"');
  }
}
