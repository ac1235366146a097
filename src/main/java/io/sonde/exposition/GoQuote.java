package io.sonde.exposition;

/**
 * Quotes text as Go's {@code strconv.Quote} does. The result is one line of printable characters
 * whatever the text was, so that nothing a stranger sends can forge a log line or an error message.
 */
public final class GoQuote {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private GoQuote() {}

  /** The text in double quotes. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      escape(point, quoted);
      i += Character.charCount(point);
    }
    return quoted.append('"').toString();
  }

  /** Whether Go takes the character for a visible one; of the spaces only the ASCII one is. */
  public static boolean isPrintable(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Appends a character as it stands between the quotes. */
  public static void escape(int point, StringBuilder to) {
    switch (point) {
      case '"', '\\' -> to.append('\\').append((char) point);
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case 0x07 -> to.append("\\a");
      case '\b' -> to.append("\\b");
      case '\f' -> to.append("\\f");
      case 0x0b -> to.append("\\v");
      default -> {
        if (isPrintable(point)) {
          to.appendCodePoint(point);
        } else if (point < 0x80) {
          hex(to.append("\\x"), point, 2);
        } else if (point <= 0xffff) {
          hex(to.append("\\u"), point, 4);
        } else {
          hex(to.append("\\U"), point, 8);
        }
      }
    }
  }

  private static void hex(StringBuilder to, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      to.append(HEX[(value >>> shift) & 0xf]);
    }
  }
}
