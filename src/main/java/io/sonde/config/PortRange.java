package io.sonde.config;

import org.jspecify.annotations.Nullable;

/**
 * Some ports.
 *
 * @param first from 0
 * @param last to 65535, not below {@code first}
 */
public record PortRange(int first, int last) {
  static final int HIGHEST = 65_535;

  /** Reads a port or, as {@code 8000-8099}, some; null if the text is neither. */
  static @Nullable PortRange parse(String text) {
    int dash = text.indexOf('-');
    int first = number(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : number(text.substring(dash + 1));
    return first < 0 || last < first ? null : new PortRange(first, last);
  }

  /** Whether {@code port} is one of them. */
  public boolean contains(int port) {
    return port >= first && port <= last;
  }

  private static int number(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = digits && !text.isEmpty() && text.length() <= 5 ? Integer.parseInt(text) : -1;
    return value > HIGHEST ? -1 : value;
  }

  /** As configuration writes it. */
  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }
}
