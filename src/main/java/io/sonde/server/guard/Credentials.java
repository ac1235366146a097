package io.sonde.server.guard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A user name and a password as a request has them (RFC 7617). */
final class Credentials {
  private static final String SCHEME = "Basic ";

  private final String user;
  private final byte[] password;

  private Credentials(String user, byte[] password) {
    this.user = user;
    this.password = password;
  }

  /** Reads the value of an Authorization field; null if it has none of this kind. */
  static @Nullable Credentials parse(@Nullable String field) {
    if (field == null || !field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(field.substring(SCHEME.length()));
    } catch (IllegalArgumentException ignored) {
      return null;
    }
    for (int i = 0; i < pair.length; i++) {
      if (pair[i] == ':') {
        return new Credentials(
            new String(pair, 0, i, StandardCharsets.UTF_8),
            Arrays.copyOfRange(pair, i + 1, pair.length));
      }
    }
    return null;
  }

  String user() {
    return user;
  }

  /** The bytes, whatever text they stand for; not to be changed. */
  byte[] password() {
    return password;
  }
}
