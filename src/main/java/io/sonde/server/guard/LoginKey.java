package io.sonde.server.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What stands for user, hash and password together: a digest with a key that only this process
 * knows, so that nothing that is kept leads back to a password.
 */
final class LoginKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] digest;

  private LoginKey(byte[] digest) {
    this.digest = digest;
  }

  /** Makes keys; safe for use by many threads. */
  static final class Maker {
    private final byte[] secret = new byte[32];
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::newMac);

    Maker() {
      new SecureRandom().nextBytes(secret);
    }

    LoginKey key(Credentials credentials, PasswordHash hash) {
      Mac mac = macs.get();
      byte[] user = credentials.user().getBytes(StandardCharsets.UTF_8);
      byte[] against = hash.text().getBytes(StandardCharsets.US_ASCII);
      // With their lengths in front, no two different triples look the same.
      mac.update(ByteBuffer.allocate(8).putInt(user.length).putInt(against.length).array());
      mac.update(user);
      mac.update(against);
      return new LoginKey(mac.doFinal(credentials.password()));
    }

    private Mac newMac() {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret, ALGORITHM));
        return mac;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LoginKey key && Arrays.equals(digest, key.digest);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(digest).getInt();
  }
}
