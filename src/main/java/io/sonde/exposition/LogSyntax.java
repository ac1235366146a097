package io.sonde.exposition;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two forms of a log record. Each record is exactly one line: whatever could end a line or
 * steer a terminal is escaped, in keys as in values.
 */
public enum LogSyntax {
  /** {@code time=2026-01-31T12:00:00.123Z level=INFO source=Main msg="Listening on" key=value}. */
  LOGFMT {
    @Override
    void begin(StringBuilder line, OffsetDateTime time, String level, String source, String msg) {
      line.append("time=");
      appendTime(line, time, 3);
      line.append(" level=").append(level);
      attribute(line, "source", source);
      attribute(line, "msg", msg);
    }

    @Override
    void attribute(StringBuilder line, String key, Object value) {
      line.append(' ').append(plainOrQuoted(key)).append('=').append(plainOrQuoted(text(value)));
    }

    @Override
    void end(StringBuilder line) {
      line.append('\n');
    }
  },

  /** One JSON object per line. */
  JSON {
    @Override
    void begin(StringBuilder line, OffsetDateTime time, String level, String source, String msg) {
      line.append("{\"time\":\"");
      appendTime(line, time, 9);
      line.append("\",\"level\":\"").append(level).append('"');
      attribute(line, "source", source);
      attribute(line, "msg", msg);
    }

    @Override
    void attribute(StringBuilder line, String key, Object value) {
      string(line.append(','), key);
      line.append(':');
      if (value instanceof Boolean || isFinite(value)) {
        line.append(text(value));
      } else {
        string(line, text(value));
      }
    }

    @Override
    void end(StringBuilder line) {
      line.append("}\n");
    }
  };

  /** The form of that name, or null. */
  public static @Nullable LogSyntax of(String name) {
    return switch (name) {
      case "logfmt" -> LOGFMT;
      case "json" -> JSON;
      default -> null;
    };
  }

  /** The form's name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Appends one record, with the line feed that ends it.
   *
   * @param level in upper case
   * @param source what wrote it
   * @param attributes keys and values in turn
   */
  public void append(
      StringBuilder line,
      Instant time,
      String level,
      String source,
      String msg,
      List<?> attributes) {
    begin(line, time.atZone(ZoneId.systemDefault()).toOffsetDateTime(), level, source, msg);
    for (int i = 0; i + 1 < attributes.size(); i += 2) {
      attribute(line, key(attributes, i), attributes.get(i + 1));
    }
    end(line);
  }

  /** The key at that place; of those that stand there twice the second one is numbered in JSON. */
  private String key(List<?> attributes, int index) {
    String key = String.valueOf(attributes.get(index));
    if (this == JSON) {
      for (int i = 0; i < index; i += 2) {
        if (key.equals(String.valueOf(attributes.get(i)))) {
          return key + "_2";
        }
      }
    }
    return key;
  }

  abstract void begin(
      StringBuilder line, OffsetDateTime time, String level, String source, String msg);

  abstract void attribute(StringBuilder line, String key, Object value);

  abstract void end(StringBuilder line);

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private static String text(Object value) {
    return value instanceof Double number ? GoNumber.format(number) : String.valueOf(value);
  }

  private static String plainOrQuoted(String text) {
    if (text.isEmpty()) {
      return "\"\"";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '"' || c == '=' || Character.isSurrogate(c) || !GoQuote.isPrintable(c)) {
        return GoQuote.quote(text);
      }
    }
    return text;
  }

  private static void string(StringBuilder to, String text) {
    to.append('"');
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      switch (point) {
        case '"', '\\' -> to.append('\\').append((char) point);
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (GoQuote.isPrintable(point)) {
            to.appendCodePoint(point);
          } else {
            for (char unit : Character.toChars(point)) {
              to.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
          }
        }
      }
    }
    to.append('"');
  }

  private static void appendTime(StringBuilder to, OffsetDateTime time, int fractionDigits) {
    digits(to, time.getYear(), 4).append('-');
    digits(to, time.getMonthValue(), 2).append('-');
    digits(to, time.getDayOfMonth(), 2).append('T');
    digits(to, time.getHour(), 2).append(':');
    digits(to, time.getMinute(), 2).append(':');
    digits(to, time.getSecond(), 2).append('.');
    int fraction = time.getNano();
    for (int i = fractionDigits; i < 9; i++) {
      fraction /= 10;
    }
    digits(to, fraction, fractionDigits).append(time.getOffset().getId());
  }

  private static StringBuilder digits(StringBuilder to, int value, int digits) {
    int scale = 1;
    for (int i = 1; i < digits; i++) {
      scale *= 10;
    }
    for (; scale > 0; scale /= 10) {
      to.append((char) ('0' + value / scale % 10));
    }
    return to;
  }
}
