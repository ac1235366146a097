package io.sonde.config;

import java.nio.charset.StandardCharsets;

/** UTF-8 as RE2 reads it: every byte that belongs to no character counts as one U+FFFD. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int MAX_LENGTH = 4;

  private Utf8() {}

  static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = lengthAt(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** The text of bytes that may be anything. */
  static String decode(byte[] bytes) {
    if (isValid(bytes)) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    for (int at = 0; at < bytes.length; at += bytesAt(bytes, at)) {
      text.appendCodePoint(characterAt(bytes, at));
    }
    return text.toString();
  }

  /** How many chars {@link #decode} makes. */
  static int chars(byte[] bytes) {
    int count = 0;
    for (int at = 0; at < bytes.length; at += bytesAt(bytes, at)) {
      count += charsAt(bytes, at);
    }
    return count;
  }

  /** How many bytes what begins there takes: a character, or a byte that is of none. */
  static int bytesAt(byte[] bytes, int at) {
    return Math.max(1, lengthAt(bytes, at));
  }

  /** How many bytes what ends right before takes. */
  static int bytesBefore(byte[] bytes, int at) {
    for (int length = 2; length <= Math.min(MAX_LENGTH, at); length++) {
      if (lengthAt(bytes, at - length) == length) {
        return length;
      }
    }
    return 1;
  }

  /** How many chars the character is that begins there. */
  static int charsAt(byte[] bytes, int at) {
    return lengthAt(bytes, at) == MAX_LENGTH ? 2 : 1;
  }

  /** The character that begins there. */
  static int characterAt(byte[] bytes, int at) {
    int length = lengthAt(bytes, at);
    return length == 0 ? REPLACEMENT : codePoint(bytes, at, length);
  }

  private static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int value = bytes[at] & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      value = (value << 6) | (bytes[at + i] & 0x3f);
    }
    return value;
  }

  /** How many bytes the character has that begins there; 0 if none does (RFC 3629 section 4). */
  private static int lengthAt(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int value = codePoint(bytes, at, length);
    boolean overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    return overlong || surrogate || value > Character.MAX_CODE_POINT ? 0 : length;
  }
}
