package io.sonde.net.policy;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/** Brings the spellings of a name into one form. */
final class HostName {
  private static final char IDEOGRAPHIC_FULL_STOP = '\u3002';

  private HostName() {}

  /**
   * In lower case, without final dots, in ASCII (RFC 3490): so, full-width digits are digits. What
   * cannot be written so stays.
   */
  static String normal(String name) {
    return isNormal(name) ? name : normalized(name);
  }

  private static boolean isNormal(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!plain) {
        return false;
      }
    }
    return !name.endsWith(".");
  }

  private static String normalized(String name) {
    int zone = name.indexOf(':') < 0 ? -1 : name.indexOf('%');
    String text =
        Normalizer.normalize(zone < 0 ? name : name.substring(0, zone), Normalizer.Form.NFKC)
            .replace(IDEOGRAPHIC_FULL_STOP, '.');
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '.') {
      end--;
    }
    text = text.substring(0, end);
    try {
      text = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException ignored) {
      // A name that cannot be looked up; somebody's pattern may still be about it.
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
