package io.sonde.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 10MiB}, {@code 1GB500MB}; every unit is a power of 1024.
 *
 * <p>Units with and without the {@code i} may not be mixed in one text.
 */
public final class ByteSizes {
  /** What a negative size means, and one that is beyond all measure. */
  public static final long UNLIMITED = Long.MAX_VALUE - 1;

  private static final String NUMBER = "(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)";

  /** What sizes look like. */
  static final String FORM =
      "[-+]?(?:0|(?:" + NUMBER + "(?:B|[KMGTPE]iB))+|(?:" + NUMBER + "(?:B|[KMGTPE]B))+)";

  private static final Pattern GROUP = Pattern.compile("([0-9]*)(\\.[0-9]*)?([^0-9.]*)");
  private static final String PREFIXES = "KMGTPE";
  private static final double TWO_TO_63 = 0x1p63;

  private ByteSizes() {}

  /**
   * Reads a size in bytes.
   *
   * @throws IllegalArgumentException if the text is none; the message says why
   */
  public static long parse(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String groups = signed ? text.substring(1) : text;
    if (groups.equals("0")) {
      return 0;
    }
    if (groups.isEmpty()) {
      throw invalid(text);
    }
    // The units with an i are looked for first; what then remains unknown is told by the others.
    double sum = isBinary(groups) ? sum(text, groups, "iB") : sum(text, groups, "B");
    sum = text.startsWith("-") ? -sum : sum;
    if (sum < -TWO_TO_63 || sum > TWO_TO_63) {
      throw new IllegalArgumentException("units: overflow parsing unit");
    }
    long bytes = (long) sum;
    return bytes < 0 || bytes == Long.MAX_VALUE ? UNLIMITED : bytes;
  }

  private static boolean isBinary(String groups) {
    Matcher group = GROUP.matcher(groups);
    while (group.find() && !group.group().isEmpty()) {
      if (unit(group.group(3), "iB") == 0) {
        return false;
      }
    }
    return true;
  }

  private static double sum(String text, String groups, String suffix) {
    Matcher group = GROUP.matcher(groups);
    double sum = 0;
    for (int at = 0; at < groups.length(); at = group.end()) {
      group.region(at, groups.length());
      String fraction = group.lookingAt() && group.group(2) != null ? group.group(2) : "";
      String number = group.group(1) + (fraction.length() > 1 ? fraction : "");
      if (number.isEmpty() || isBeyondLong(group.group(1)) || isBeyondLong(fraction)) {
        throw invalid(text);
      }
      double unit = unit(group.group(3), suffix);
      if (unit == 0) {
        throw new IllegalArgumentException("units: unknown unit " + group.group(3) + " in " + text);
      }
      sum += Double.parseDouble(number) * unit;
    }
    return sum;
  }

  private static boolean isBeyondLong(String digits) {
    String number = digits.replaceFirst("^\\.?0*", "");
    return number.length() > 19
        || (number.length() == 19 && number.compareTo(Long.toString(Long.MAX_VALUE)) > 0);
  }

  /** How many bytes a unit is; 0 if there is no such unit. */
  private static double unit(String name, String suffix) {
    if (name.equals("B")) {
      return 1;
    }
    int prefix = name.isEmpty() ? -1 : PREFIXES.indexOf(name.charAt(0));
    return prefix >= 0 && name.substring(1).equals(suffix) ? Math.pow(1024, prefix + 1) : 0;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("units: invalid " + text);
  }

  /** Writes a size in binary units, the largest first: {@code 1MiB476KiB}. */
  public static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    StringBuilder text = new StringBuilder();
    for (int prefix = PREFIXES.length(); prefix >= 0; prefix--) {
      long part = (bytes >> (10 * prefix)) & (prefix == PREFIXES.length() ? -1 : 1023);
      if (part != 0) {
        text.append(part).append(prefix == 0 ? "" : PREFIXES.charAt(prefix - 1) + "i").append('B');
      }
    }
    return text.toString();
  }
}
