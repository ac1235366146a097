package io.sonde.page;

/** Texts of strangers, no longer than what a page has room for. */
final class Texts {
  private static final int MOST_IN_ROW = 160;

  private Texts() {}

  /** The text, or its beginning. */
  static String cut(String text) {
    return cut(text, MOST_IN_ROW);
  }

  /** The text, or its first {@code most} characters. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
  }
}
