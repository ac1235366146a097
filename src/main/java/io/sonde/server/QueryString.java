package io.sonde.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. Of a repeated one the first counts; one with a malformed escape, or
 * with a {@code ;} anywhere, is as good as absent. A request has few parameters and each is asked
 * for once, so they are looked up in the text rather than put into a map.
 */
public final class QueryString {
  private final String raw;

  /** Parameters as they stand in a URL behind the question mark, or in the body of a form. */
  public QueryString(String raw) {
    this.raw = raw;
  }

  /** The text as it was sent, without the question mark. */
  public String raw() {
    return raw;
  }

  /** The first value of that name, decoded, or null. */
  public @Nullable String first(String name) {
    int start = 0;
    while (start < raw.length()) {
      int end = raw.indexOf('&', start);
      if (end < 0) {
        end = raw.length();
      }
      String value = valueIn(start, end, name);
      if (value != null) {
        return value;
      }
      start = end + 1;
    }
    return null;
  }

  /** As {@link #first}, but empty where there is none. */
  public String firstOrEmpty(String name) {
    String value = first(name);
    return value == null ? "" : value;
  }

  /** The names of all parameters in their order, decoded; one that is malformed as it was sent. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String parameter : raw.split("&")) {
      int end = parameter.indexOf('=');
      String name = end < 0 ? parameter : parameter.substring(0, end);
      String decoded = decode(name);
      if (!name.isEmpty()) {
        names.add(decoded == null ? name : decoded);
      }
    }
    return names;
  }

  private @Nullable String valueIn(int start, int end, String name) {
    int keyEnd = find('=', start, end);
    boolean named =
        (keyEnd - start == name.length() && raw.startsWith(name, start))
            || isEscapedName(start, keyEnd, name);
    if (!named) {
      return null;
    }
    if (find(';', start, end) < end) {
      return null;
    }
    return decode(raw.substring(Math.min(keyEnd + 1, end), end));
  }

  /** Where the character stands first, or {@code end}; no farther is looked. */
  private int find(char wanted, int start, int end) {
    int at = start;
    while (at < end && raw.charAt(at) != wanted) {
      at++;
    }
    return at;
  }

  private boolean isEscapedName(int start, int end, String name) {
    if (end - start <= name.length()) {
      return false;
    }
    return name.equals(decode(raw.substring(start, end)));
  }

  /** Decodes percent escapes and {@code +}; null if an escape is malformed. */
  public static @Nullable String decode(String escaped) {
    return decode(escaped, true);
  }

  /** Decodes percent escapes, as they stand in a path; null if one is malformed. */
  static @Nullable String decodePath(String escaped) {
    return decode(escaped, false);
  }

  private static @Nullable String decode(String escaped, boolean plusIsSpace) {
    if (escaped.indexOf('%') < 0 && (!plusIsSpace || escaped.indexOf('+') < 0)) {
      return escaped;
    }
    byte[] text = escaped.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      byte b = text[i];
      if (b == '%') {
        int value = i + 2 < text.length ? hex(text[i + 1]) << 4 | hex(text[i + 2]) : -1;
        if (value < 0) {
          return null;
        }
        b = (byte) value;
        i += 2;
      } else if (b == '+' && plusIsSpace) {
        b = ' ';
      }
      text[length++] = b;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /** The digit's value, or a negative number that stays negative when shifted and joined. */
  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }
}
