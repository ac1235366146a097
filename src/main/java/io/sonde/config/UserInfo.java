package io.sonde.config;

import org.jspecify.annotations.Nullable;

/**
 * Where user and password stand in a URL, or in a target that looks like one.
 *
 * @param start where the user begins
 * @param colon the colon before the password
 * @param at the at sign after it
 */
record UserInfo(int start, int colon, int at) {
  /** Where they stand in {@code url}; null if it holds no password. */
  static @Nullable UserInfo of(String url) {
    int lastAt = url.lastIndexOf('@');
    if (lastAt < 0) {
      return null;
    }
    int scheme = url.indexOf("//");
    int start = scheme < 0 ? 0 : scheme + 2;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end - 1);
    int colon = url.indexOf(':', start);
    if (colon < 0 || colon >= end) {
      return null;
    }
    if (at < start) {
      // A password should have its slashes escaped; one that has not must not be shown either.
      boolean isHost = url.startsWith("[", start) || isNumber(url.substring(colon + 1, end));
      return isHost ? null : new UserInfo(start, colon, lastAt);
    }
    return colon < at - 1 ? new UserInfo(start, colon, at) : null;
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  String user(String url) {
    return url.substring(start, colon);
  }

  String password(String url) {
    return url.substring(colon + 1, at);
  }
}
