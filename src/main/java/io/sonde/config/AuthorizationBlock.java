package io.sonde.config;

import java.util.List;

/** {@code authorization}. */
final class AuthorizationBlock extends Block<Authorization> {
  /** The type of a header whose type is not configured. */
  static final String BEARER = "Bearer";

  static final Key<String> TYPE = Key.of("type", Kinds.STRING, BEARER);
  static final Key<Secret> CREDENTIALS =
      Key.of("credentials", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> CREDENTIALS_FILE = Key.of("credentials_file", Kinds.FILE, "");
  static final Key<String> CREDENTIALS_REF = Key.of("credentials_ref", Kinds.STRING, "");

  static final AuthorizationBlock BLOCK = new AuthorizationBlock();

  private AuthorizationBlock() {
    super(
        "authorization",
        "config.Authorization",
        List.of(TYPE, CREDENTIALS, CREDENTIALS_FILE, CREDENTIALS_REF));
  }

  @Override
  Authorization build(Fields fields, Reading in) {
    atMostOne(
        fields,
        in,
        "at most one of authorization credentials & credentials_file must be configured",
        CREDENTIALS,
        CREDENTIALS_FILE,
        CREDENTIALS_REF);
    String type = fields.get(TYPE).strip();
    if (type.equalsIgnoreCase("basic")) {
      fields.error(
          in,
          TYPE,
          "authorization type cannot be set to \"basic\", use \"basic_auth\" instead",
          "");
    }
    return new Authorization(
        type.isEmpty() ? BEARER : type,
        source(fields, in, CREDENTIALS, CREDENTIALS_FILE, CREDENTIALS_REF));
  }
}
