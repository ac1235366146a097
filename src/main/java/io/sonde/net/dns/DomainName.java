package io.sonde.net.dns;

/** What can be asked of a name server: the rules that names keep, and their form on the wire. */
final class DomainName {
  private static final int MAX_LABEL = 63;

  /** Longest name in text, the final dot not counted (RFC 1035 section 2.3.4). */
  private static final int MAX_NAME = 253;

  private DomainName() {}

  /**
   * Whether {@code name} can name a host: letters, digits, hyphens and underscores, at least one of
   * them no digit, in labels of 1 to 63 that neither begin nor end with a hyphen. Text such as
   * {@code 127.1} is neither an address nor a name.
   */
  static boolean isValid(String name) {
    if (name.equals(".")) {
      return true;
    }
    int length = name.endsWith(".") ? name.length() - 1 : name.length();
    if (length == 0 || length > MAX_NAME) {
      return false;
    }
    boolean sawNonDigit = false;
    int labelStart = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || name.charAt(i) == '.') {
        if (!isLabel(name, labelStart, i)) {
          return false;
        }
        labelStart = i + 1;
        continue;
      }
      char c = name.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && !isLetterHyphenUnderscore(c)) {
        return false;
      }
      sawNonDigit |= !digit;
    }
    return sawNonDigit;
  }

  /** Whether {@code rooted}, which ends with a dot, fits into a message. */
  static boolean fits(String rooted) {
    return rooted.length() - 1 <= MAX_NAME;
  }

  /** {@code name} with a final dot. */
  static String rooted(String name) {
    return name.endsWith(".") ? name : name + ".";
  }

  private static boolean isLabel(String name, int from, int to) {
    return to > from
        && to - from <= MAX_LABEL
        && name.charAt(from) != '-'
        && name.charAt(to - 1) != '-';
  }

  private static boolean isLetterHyphenUnderscore(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  }
}
