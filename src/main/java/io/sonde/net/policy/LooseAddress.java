package io.sonde.net.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads IPv4 addresses as old C libraries do: in one to four parts, each decimal, octal or
 * hexadecimal, and too large ones cut. They are names to Sonde, but a proxy that is given one may
 * take it for an address.
 */
final class LooseAddress {
  private static final int MAX_PARTS = 4;
  private static final int MAX_DIGITS = 40;

  private LooseAddress() {}

  /** What {@code name} may be taken for: nothing, or one address, or two as tastes differ. */
  static List<AddressBits> readings(String name) {
    char first = name.isEmpty() ? ' ' : name.charAt(0);
    if (first < '0' || first > '9') {
      return List.of();
    }
    String[] parts = name.split("\\.", -1);
    if (parts.length > MAX_PARTS) {
      return List.of();
    }
    Set<AddressBits> found = new LinkedHashSet<>();
    for (boolean octal : new boolean[] {true, false}) {
      long bits = 0;
      for (int i = 0; i < parts.length; i++) {
        long value = value(parts[i], octal);
        if (value < 0) {
          return List.of();
        }
        boolean last = i == parts.length - 1;
        int width = last ? Byte.SIZE * (MAX_PARTS - i) : Byte.SIZE;
        bits = (bits << width) | (value & ((1L << width) - 1));
      }
      found.add(AddressBits.ip4((int) bits));
    }
    return List.copyOf(found);
  }

  /** The low bits of a number; negative if it is none. */
  private static long value(String text, boolean octal) {
    boolean hex = text.startsWith("0x");
    int radix = hex ? 16 : octal && text.length() > 1 && text.startsWith("0") ? 8 : 10;
    int from = hex ? 2 : 0;
    if (text.length() - from > MAX_DIGITS || text.isEmpty()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = digit(text.charAt(i), hex);
      if (digit < 0) {
        return -1;
      }
      value = (value * radix + digit) & Long.MAX_VALUE;
    }
    return value;
  }

  private static int digit(char c, boolean hex) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
