package io.sonde.server.guard;

import io.sonde.net.tls.BoundedMemo;
import org.jspecify.annotations.Nullable;

/**
 * How the latest logins ended. Right ones are kept apart from wrong ones, so that a stream of wrong
 * ones drives none of the others out. Safe for use by many threads.
 */
final class LoginCache {
  private static final int CAPACITY = 100;

  private final BoundedMemo<LoginKey, Boolean> right = new BoundedMemo<>(CAPACITY);
  private final BoundedMemo<LoginKey, Boolean> wrong = new BoundedMemo<>(CAPACITY);

  /** Whether a login was right; null if that is not known. */
  @Nullable Boolean find(LoginKey key) {
    Boolean known = right.get(key);
    return known == null ? wrong.get(key) : known;
  }

  void put(LoginKey key, boolean isRight) {
    (isRight ? right : wrong).put(key, isRight);
  }
}
