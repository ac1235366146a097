package io.sonde.net.policy;

/** A pattern of names: {@code *} stands for any characters, dots and none included. */
final class HostPattern {
  private final String forNames;
  private final String forPaths;

  HostPattern(String pattern) {
    this.forNames = HostName.normal(pattern);
    this.forPaths = pattern;
  }

  /** Whether it is about a name, which is in its normal form. */
  boolean matchesName(String name) {
    return matches(forNames, name);
  }

  /** Whether it is about a path. */
  boolean matchesPath(String path) {
    return matches(forPaths, path);
  }

  /** Greedy, with one place to go back to: time is bounded by the product of the lengths. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
