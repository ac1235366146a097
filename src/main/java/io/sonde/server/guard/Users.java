package io.sonde.server.guard;

import io.sonde.config.Secret;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may log in. Somebody unknown is checked against a hash of nobody's password, so that the time
 * of an answer does not tell who exists. Immutable.
 */
final class Users {
  private final Map<String, PasswordHash> hashes = new HashMap<>();
  private final PasswordHash nobodys;

  private static final int USUAL_COST = 10;

  /** The users of a configuration, by name. */
  Users(Map<String, Secret> users) {
    users.forEach((name, hash) -> hashes.put(name, PasswordHash.of(hash.reveal())));
    nobodys =
        PasswordHash.dummy(
            hashes.values().stream().mapToInt(PasswordHash::cost).max().orElse(USUAL_COST));
  }

  /** Whether nobody need log in. */
  boolean admitEverybody() {
    return hashes.isEmpty();
  }

  boolean knows(String user) {
    return hashes.containsKey(user);
  }

  /** What a user's password is checked against. */
  PasswordHash hashFor(String user) {
    return hashes.getOrDefault(user, nobodys);
  }

  /** How dear the dearest check is. */
  int highestCost() {
    return nobodys.cost();
  }
}
