package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code oauth2}. */
final class OAuth2Block extends Block<OAuth2Spec> {
  private static final List<String> ALGORITHMS = List.of("RS256", "RS384", "RS512");

  static final Key<String> CLIENT_ID =
      Key.of("client_id", Kinds.STRING, "").required("oauth2 client_id must be configured", "");
  static final Key<Secret> CLIENT_SECRET =
      Key.of("client_secret", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> CLIENT_SECRET_FILE = Key.of("client_secret_file", Kinds.FILE, "");
  static final Key<String> CLIENT_SECRET_REF = Key.of("client_secret_ref", Kinds.STRING, "");
  static final Key<String> TOKEN_URL =
      Key.of("token_url", Kinds.STRING, "").required("oauth2 token_url must be configured", "");
  static final Key<List<String>> SCOPES = Key.of("scopes", Kinds.list(Kinds.STRING), List.of());
  static final Key<Map<String, String>> ENDPOINT_PARAMS =
      Key.of("endpoint_params", Kinds.map(Kinds.STRING, ""), Map.<String, String>of()).sensitive();
  static final Key<String> GRANT_TYPE =
      Key.of("grant_type", Kinds.mostly(List.of("client_credentials", OAuth2Spec.JWT_BEARER)), "");
  static final Key<Secret> CLIENT_CERTIFICATE_KEY =
      Key.of("client_certificate_key", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> CLIENT_CERTIFICATE_KEY_FILE =
      Key.of("client_certificate_key_file", Kinds.FILE, "");
  static final Key<String> CLIENT_CERTIFICATE_KEY_REF =
      Key.of("client_certificate_key_ref", Kinds.STRING, "");
  static final Key<String> CLIENT_CERTIFICATE_KEY_ID =
      Key.of("client_certificate_key_id", Kinds.STRING, "");
  static final Key<String> SIGNATURE_ALGORITHM =
      Key.of("signature_algorithm", Kinds.mostly(ALGORITHMS), "");
  static final Key<String> ISS = Key.of("iss", Kinds.STRING, "");
  static final Key<String> AUDIENCE = Key.of("audience", Kinds.STRING, "");
  static final Key<Map<String, @Nullable Object>> CLAIMS =
      Key.of("claims", Kinds.TREE, Map.<String, @Nullable Object>of()).sensitive();

  static final OAuth2Block BLOCK = new OAuth2Block();

  private OAuth2Block() {
    super("oauth2", keyList());
  }

  private static List<Key<?>> keyList() {
    List<Key<?>> keys =
        new ArrayList<>(
            List.of(
                CLIENT_ID,
                CLIENT_SECRET,
                CLIENT_SECRET_FILE,
                CLIENT_SECRET_REF,
                TOKEN_URL,
                SCOPES,
                ENDPOINT_PARAMS,
                GRANT_TYPE,
                CLIENT_CERTIFICATE_KEY,
                CLIENT_CERTIFICATE_KEY_FILE,
                CLIENT_CERTIFICATE_KEY_REF,
                CLIENT_CERTIFICATE_KEY_ID,
                SIGNATURE_ALGORITHM,
                ISS,
                AUDIENCE,
                CLAIMS,
                TlsBlock.TLS_CONFIG));
    keys.addAll(ProxyKeys.ALL);
    return List.copyOf(keys);
  }

  @Override
  OAuth2Spec build(Fields fields, Reading in) {
    check(fields, in);
    return new OAuth2Spec(
        fields.get(CLIENT_ID),
        source(fields, in, CLIENT_SECRET, CLIENT_SECRET_FILE, CLIENT_SECRET_REF),
        fields.get(TOKEN_URL),
        fields.get(SCOPES),
        fields.get(ENDPOINT_PARAMS),
        fields.get(GRANT_TYPE),
        source(
            fields,
            in,
            CLIENT_CERTIFICATE_KEY,
            CLIENT_CERTIFICATE_KEY_FILE,
            CLIENT_CERTIFICATE_KEY_REF),
        fields.get(CLIENT_CERTIFICATE_KEY_ID),
        fields.get(SIGNATURE_ALGORITHM),
        fields.get(ISS),
        fields.get(AUDIENCE),
        fields.get(CLAIMS),
        fields.get(TlsBlock.TLS_CONFIG),
        ProxyKeys.build(fields, in));
  }

  private static void check(Fields fields, Reading in) {
    if (!fields.get(GRANT_TYPE).equals(OAuth2Spec.JWT_BEARER)) {
      atMostOne(
          fields,
          in,
          "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be"
              + " configured using grant-type=client_credentials",
          CLIENT_SECRET,
          CLIENT_SECRET_FILE,
          CLIENT_SECRET_REF);
      return;
    }
    atMostOne(
        fields,
        in,
        "at most one of oauth2 client_certificate_key, client_certificate_key_file &"
            + " client_certificate_key_ref must be configured using grant-type="
            + OAuth2Spec.JWT_BEARER,
        CLIENT_CERTIFICATE_KEY,
        CLIENT_CERTIFICATE_KEY_FILE,
        CLIENT_CERTIFICATE_KEY_REF);
    if (fields.hasText(SIGNATURE_ALGORITHM)
        && !ALGORITHMS.contains(fields.get(SIGNATURE_ALGORITHM))) {
      fields.error(
          in, SIGNATURE_ALGORITHM, "valid signature algorithms are RS256, RS384 and RS512", "");
    }
  }
}
