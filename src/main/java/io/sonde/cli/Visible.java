package io.sonde.cli;

import io.sonde.exposition.GoQuote;
import java.util.Locale;

/**
 * Makes text from targets and files safe to show: every character that could steer a terminal, end
 * a line or turn the direction of writing becomes a visible escape.
 */
final class Visible {
  private static final int ASCII_END = 0x7f;

  private Visible() {}

  /**
   * The text on one line of visible characters.
   *
   * @param unicode whether visible characters beyond ASCII may stay
   */
  static String text(String text, boolean unicode) {
    StringBuilder visible = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(point -> append(visible, point, unicode));
    return visible.toString();
  }

  /** How one character is shown. */
  static void append(StringBuilder to, int point, boolean unicode) {
    if (GoQuote.isPrintable(point) && (unicode || point < ASCII_END)) {
      to.appendCodePoint(point);
      return;
    }
    switch (point) {
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default ->
          to.append(
              String.format(
                  Locale.ROOT,
                  point <= ASCII_END ? "\\x%02x" : point > 0xffff ? "\\U%08x" : "\\u%04x",
                  point));
    }
  }
}
