package io.sonde.server.guard;

/** A password that somebody gave for a user. */
final class Login {
  private final Users users;
  private final Credentials credentials;
  private final PasswordHash hash;

  Login(Users users, Credentials credentials) {
    this.users = users;
    this.credentials = credentials;
    this.hash = users.hashFor(credentials.user());
  }

  /** What the login is known by. */
  LoginKey key(LoginKey.Maker maker) {
    return maker.key(credentials, hash);
  }

  /** Whether the configuration has that user. */
  boolean isOfKnownUser() {
    return users.knows(credentials.user());
  }

  /**
   * Whether the password is right. Takes long: a wrong one as long for every user as for the one
   * whose hash is dearest.
   */
  boolean check() {
    boolean right = hash.matches(credentials.password());
    if (right && isOfKnownUser()) {
      return true;
    }
    // One check of each cost from here on adds up to what is lacking: each is twice as dear.
    for (int cost = hash.cost(); cost < users.highestCost(); cost++) {
      PasswordHash.dummy(cost).matches(credentials.password());
    }
    return false;
  }
}
