package io.sonde.exposition;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of names that the classic text format cannot hold. A scraper asks for a scheme with
 * the parameter {@code escaping} of its {@code Accept} header and is told it in the Content-Type.
 */
public enum Escaping {
  /** Names are written as they are, in quotes where needed. */
  ALLOW_UTF_8("allow-utf-8"),
  /** What cannot stand in a name becomes {@code _}. */
  UNDERSCORES("underscores"),
  /** As underscores, but reversible for dots. */
  DOTS("dots"),
  /** Reversible for everything: {@code U__}, then code points in hexadecimal. */
  VALUES("values");

  private final String term;

  Escaping(String term) {
    this.term = term;
  }

  /** The scheme's name in headers. */
  public String term() {
    return term;
  }

  /** The scheme of that name, or null. */
  static @Nullable Escaping of(String term) {
    for (Escaping escaping : values()) {
      if (escaping.term.equals(term)) {
        return escaping;
      }
    }
    return null;
  }

  /** Whether a name can stand in the classic format as it is. */
  static boolean isClassic(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isClassic(name.charAt(i), i)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** The name as this scheme writes it; quoting is left to the caller. */
  String apply(String name) {
    if (this == ALLOW_UTF_8 || (this != DOTS && isClassic(name))) {
      return name;
    }
    StringBuilder escaped = new StringBuilder(name.length() + 16);
    if (this == VALUES) {
      escaped.append("U__");
    }
    int i = 0;
    while (i < name.length()) {
      int point = name.codePointAt(i);
      escape(point, i, escaped);
      i += Character.charCount(point);
    }
    return escaped.toString();
  }

  private void escape(int point, int index, StringBuilder to) {
    if (point == '_' && this != UNDERSCORES) {
      to.append("__");
    } else if (isClassic(point, index)) {
      to.append((char) point);
    } else if (this == VALUES) {
      to.append('_').append(Integer.toHexString(point)).append('_');
    } else if (this == DOTS) {
      to.append(point == '.' ? "_dot_" : "__");
    } else {
      to.append('_');
    }
  }

  private static boolean isClassic(int c, int index) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == ':'
        || (c >= '0' && c <= '9' && index > 0);
  }
}
