package io.sonde.server;

import io.sonde.exposition.GoQuote;

/** Writes text into pages. */
final class Html {
  private Html() {}

  /**
   * The text with everything escaped that could end a text or an attribute; what is not visible, or
   * turns the direction of writing, is written as Go's strings are.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(escaped, point));
    return escaped.toString();
  }

  private static void append(StringBuilder to, int point) {
    switch (point) {
      case '<' -> to.append("&lt;");
      case '>' -> to.append("&gt;");
      case '&' -> to.append("&amp;");
      case '\'' -> to.append("&#39;");
      case '"' -> to.append("&#34;");
      default -> {
        if (GoQuote.isPrintable(point)) {
          to.appendCodePoint(point);
        } else {
          GoQuote.escape(point, to);
        }
      }
    }
  }
}
