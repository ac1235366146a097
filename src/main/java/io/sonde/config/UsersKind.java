package io.sonde.config;

/** Names of users with the hashes of their passwords; each must have one. */
final class UsersKind extends MapKind<Secret> {
  UsersKind() {
    super(new PasswordHashKind(), Secret.NONE);
  }

  @Override
  Secret entry(YamlNode.Entry entry, Reading in) {
    if (Scalar.isNull(entry.value())) {
      in.errorHere(PasswordHashKind.MISFIT, PasswordHashKind.EXPECTED);
    }
    return super.entry(entry, in);
  }
}
