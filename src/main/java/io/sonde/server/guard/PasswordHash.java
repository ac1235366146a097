package io.sonde.server.guard;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A bcrypt hash. Its versions differ in mistakes that nobody's passwords depend on any more, and
 * all are checked in the same way.
 */
final class PasswordHash {
  /** What bcrypt looks at of a password; the rest has no meaning. */
  private static final int MAX_PASSWORD_BYTES = 72;

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int SALT_AND_DIGEST = 53;

  private final String text;
  private final int cost;

  private PasswordHash(String text) {
    this.text = text;
    int costAt = text.indexOf('$', 1) + 1;
    this.cost = Integer.parseInt(text.substring(costAt, costAt + 2));
  }

  /** A hash that the configuration let pass. */
  static PasswordHash of(String text) {
    return new PasswordHash(text);
  }

  /** A hash of nobody's password, that takes as long to check as others of that cost. */
  static PasswordHash dummy(int cost) {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder("$2b$");
    text.append(cost / 10).append(cost % 10).append('$');
    for (int i = 0; i < SALT_AND_DIGEST; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new PasswordHash(text.toString());
  }

  String text() {
    return text;
  }

  /** The binary logarithm of how much work a check is. */
  int cost() {
    return cost;
  }

  /** Whether a password belongs to it. Takes long: never to be called on an event loop. */
  boolean matches(byte[] password) {
    // Longer than what counts, there is no terminator left to tell the length.
    BCrypt.Version version =
        password.length < MAX_PASSWORD_BYTES
            ? BCrypt.Version.VERSION_2B
            : BCrypt.Version.VERSION_2Y_NO_NULL_TERMINATOR;
    String canonical =
        "$"
            + new String(version.versionIdentifier, StandardCharsets.US_ASCII)
            + text.substring(text.indexOf('$', 1));
    return BCrypt.verifyer(version, LongPasswordStrategies.none())
        .verify(
            Arrays.copyOf(password, Math.min(password.length, MAX_PASSWORD_BYTES)),
            canonical.getBytes(StandardCharsets.US_ASCII))
        .verified;
  }
}
