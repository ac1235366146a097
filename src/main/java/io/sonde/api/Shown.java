package io.sonde.api;

import io.sonde.exposition.GoQuote;

/** Writes what a caller sent into an answer: quoted, and no more of it than tells what it was. */
final class Shown {
  private static final int MOST_CHARACTERS = 80;

  private Shown() {}

  static String quoted(String text) {
    int end = Math.min(text.length(), MOST_CHARACTERS);
    if (end == text.length()) {
      return GoQuote.quote(text);
    }
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return GoQuote.quote(text.substring(0, whole)) + "... of " + text.length() + " characters";
  }
}
