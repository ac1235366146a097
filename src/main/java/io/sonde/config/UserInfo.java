package io.sonde.config;

import org.jspecify.annotations.Nullable;

/**
 * Where user and password stand in a URL, or in a target that looks like one.
 *
 * @param start where the user begins
 * @param colon the colon before the password; {@code at} if there is none
 * @param at the at sign after them
 */
record UserInfo(int start, int colon, int at) {
  /** As a password it says that the token is in the user's place. */
  private static final String NO_PASSWORD = "x-oauth-basic";

  /** Names of people and of accounts are shorter; tokens are longer. */
  private static final int TOKEN_CHARS = 20;

  /** Where they stand in {@code url}; null if it holds neither. */
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
    if (at >= start) {
      boolean alone = colon < 0 || colon > at;
      return at == start || (at == start + 1 && !alone)
          ? null
          : new UserInfo(start, alone ? at : colon, at);
    }
    if (colon < 0 || colon >= end) {
      return null;
    }
    // A password should have its slashes escaped; one that has not must not be shown either.
    boolean isHost = url.startsWith("[", start) || isNumber(url.substring(colon + 1, end));
    return isHost ? null : new UserInfo(start, colon, lastAt);
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  String user(String url) {
    return url.substring(start, colon);
  }

  String password(String url) {
    return colon == at ? "" : url.substring(colon + 1, at);
  }

  /**
   * Whether the user is what gives access, as with tokens that are written in its place: where
   * nothing goes with it, or where it is as long as they are.
   */
  boolean userIsSecret(String url) {
    String password = password(url);
    return password.isEmpty() || password.equals(NO_PASSWORD) || colon - start >= TOKEN_CHARS;
  }

  /** Both with the at sign, with {@code mask} in place of what is secret. */
  String masked(String url, String mask) {
    String user = userIsSecret(url) && colon > start ? mask : user(url);
    String password = password(url).isEmpty() ? "" : mask;
    return user + (colon == at ? "" : ":" + password) + '@';
  }
}
