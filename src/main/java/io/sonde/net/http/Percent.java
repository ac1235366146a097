package io.sonde.net.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-escapes (RFC 3986, section 2.1). */
final class Percent {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /** What may stand unescaped in a path besides letters and digits. */
  private static final boolean[] PATH = allowing("-._~!$&'()*+,;=:@/[]");

  private Percent() {}

  /** Whether each {@code %} is followed by two hexadecimal digits. */
  static boolean isWellFormed(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
        return false;
      }
    }
    return true;
  }

  /** The path with every character escaped that may not stand in a path; escapes stay. */
  static String escapePath(String path) {
    return escape(path, PATH);
  }

  /** The query without blanks, which would break a request line; all else stays. */
  static String escapeQuery(String query) {
    return query.indexOf(' ') < 0 ? query : query.replace(" ", "%20");
  }

  /** The text with its escapes replaced by what they mean, as UTF-8. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length) {
        out.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String escape(String text, boolean[] allowed) {
    for (int i = 0; i < text.length(); i++) {
      if (!mayStand(text.charAt(i), allowed)) {
        return escapeBytes(text.getBytes(StandardCharsets.UTF_8), allowed);
      }
    }
    return text;
  }

  private static String escapeBytes(byte[] bytes, boolean[] allowed) {
    StringBuilder escaped = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      int octet = b & 0xff;
      if (mayStand((char) octet, allowed)) {
        escaped.append((char) octet);
      } else {
        escaped.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
      }
    }
    return escaped.toString();
  }

  private static boolean mayStand(char c, boolean[] allowed) {
    return c < 128 && (c == '%' || allowed[c]);
  }

  private static boolean isHex(char c) {
    return c < 128 && Character.digit(c, 16) >= 0;
  }

  static boolean[] allowing(String others) {
    boolean[] allowed = new boolean[128];
    for (char c = '0'; c <= '9'; c++) {
      allowed[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      allowed[c] = true;
      allowed[c - 'a' + 'A'] = true;
    }
    for (int i = 0; i < others.length(); i++) {
      allowed[others.charAt(i)] = true;
    }
    return allowed;
  }
}
