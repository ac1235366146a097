package io.sonde.net.http;

/**
 * One header line of a request.
 *
 * @param name the name as it is sent
 * @param value the value without surrounding blanks
 */
public record HeaderLine(String name, String value) {
  /** Makes a line with the name as it is usually written and the value trimmed. */
  public static HeaderLine of(String name, String value) {
    return new HeaderLine(HeaderRules.canonical(name), trim(value));
  }

  /** Whether name and value may be sent as they are. */
  public boolean isValid() {
    return HeaderRules.isToken(name) && HeaderRules.isValue(value);
  }

  /** Only the name: the value may be a secret. */
  @Override
  public String toString() {
    return name;
  }

  private static String trim(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
