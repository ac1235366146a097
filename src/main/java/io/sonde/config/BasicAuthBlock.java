package io.sonde.config;

import java.util.List;

/** {@code basic_auth}. */
final class BasicAuthBlock extends Block<BasicAuth> {
  static final Key<String> USERNAME = Key.of("username", Kinds.STRING, "");
  static final Key<String> USERNAME_FILE = Key.of("username_file", Kinds.FILE, "");
  static final Key<String> USERNAME_REF = Key.of("username_ref", Kinds.STRING, "");
  static final Key<Secret> PASSWORD = Key.of("password", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> PASSWORD_FILE = Key.of("password_file", Kinds.FILE, "");
  static final Key<String> PASSWORD_REF = Key.of("password_ref", Kinds.STRING, "");

  static final BasicAuthBlock BLOCK = new BasicAuthBlock();

  private BasicAuthBlock() {
    super(
        "basic_auth",
        List.of(USERNAME, USERNAME_FILE, USERNAME_REF, PASSWORD, PASSWORD_FILE, PASSWORD_REF));
  }

  @Override
  BasicAuth build(Fields fields, Reading in) {
    atMostOne(
        fields,
        in,
        "at most one of basic_auth username, username_file & username_ref must be configured",
        USERNAME,
        USERNAME_FILE,
        USERNAME_REF);
    atMostOne(
        fields,
        in,
        "at most one of basic_auth password, password_file & password_ref must be configured",
        PASSWORD,
        PASSWORD_FILE,
        PASSWORD_REF);
    return new BasicAuth(
        source(fields, in, USERNAME, USERNAME_FILE, USERNAME_REF),
        source(fields, in, PASSWORD, PASSWORD_FILE, PASSWORD_REF));
  }
}
