package io.sonde.cli;

import io.sonde.config.Secret;

/**
 * Keeps the password that a target may carry, {@code http://user:password@host}, out of everything
 * that is shown.
 */
final class TargetSecret {
  /** Shorter ones are only hidden where they stand in a URL: they are part of too many words. */
  private static final int LEAST_TELLING = 4;

  private final String userInfo;
  private final String user;
  private final String password;

  private TargetSecret(String userInfo, String user, String password) {
    this.userInfo = userInfo;
    this.user = user;
    this.password = password;
  }

  /** The secret of a target, if it has any. */
  static TargetSecret of(String target) {
    int scheme = target.indexOf("://");
    String rest = scheme < 0 ? target : target.substring(scheme + 3);
    String authority = rest.split("[/?#]", 2)[0];
    int at = authority.lastIndexOf('@');
    int colon = authority.indexOf(':');
    if (at < 0 || colon < 0 || colon >= at - 1) {
      return new TargetSecret("", "", "");
    }
    return new TargetSecret(
        authority.substring(0, at + 1),
        authority.substring(0, colon),
        authority.substring(colon + 1, at));
  }

  /** The text without the password. */
  String hide(String text) {
    if (password.isEmpty()) {
      return text;
    }
    String hidden = text.replace(userInfo, user + ":" + Secret.MASK + "@");
    return password.length() < LEAST_TELLING ? hidden : hidden.replace(password, Secret.MASK);
  }
}
