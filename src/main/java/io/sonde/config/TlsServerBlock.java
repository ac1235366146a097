package io.sonde.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code tls_server_config}. */
final class TlsServerBlock extends Block<TlsServerSpec> {
  private static final List<String> CIPHER_NAMES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  private static final Kind<String> CIPHER =
      new WordKind<>("cipher suite", "unknown cipher: %s", inOrder(CIPHER_NAMES, name -> name));

  private static final Kind<String> CURVE =
      new WordKind<>(
          "curve",
          "unknown curve: %s",
          inOrder(
              List.of("CurveP256", "CurveP384", "CurveP521", "X25519"),
              name ->
                  switch (name) {
                    case "CurveP256" -> "secp256r1";
                    case "CurveP384" -> "secp384r1";
                    case "CurveP521" -> "secp521r1";
                    default -> "x25519";
                  }));

  static final Key<String> CERT = Key.of("cert", Kinds.STRING, "");
  static final Key<String> CERT_FILE = Key.of("cert_file", Kinds.STRING, "");
  static final Key<Secret> KEY = Key.of("key", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> KEY_FILE = Key.of("key_file", Kinds.STRING, "");
  static final Key<ClientAuth> CLIENT_AUTH =
      Key.optional(
          "client_auth_type",
          new WordKind<>("client auth type", "invalid ClientAuth: %s", clientAuthTypes()));
  static final Key<String> CLIENT_CA = Key.of("client_ca", Kinds.STRING, "");
  static final Key<String> CLIENT_CA_FILE = Key.of("client_ca_file", Kinds.STRING, "");
  static final Key<List<String>> CLIENT_SANS =
      Key.optional("client_allowed_sans", Kinds.list(Kinds.STRING));
  static final Key<TlsVersion> MIN_VERSION =
      Key.of("min_version", Kinds.TLS_VERSION, TlsVersion.TLS12);
  static final Key<TlsVersion> MAX_VERSION =
      Key.of("max_version", Kinds.TLS_VERSION, TlsVersion.TLS13);
  static final Key<List<String>> CIPHERS = Key.of("cipher_suites", Kinds.list(CIPHER), List.of());
  static final Key<List<String>> CURVES = Key.of("curve_preferences", Kinds.list(CURVE), List.of());
  static final Key<Boolean> PREFER_SERVER_CIPHERS =
      Key.of("prefer_server_cipher_suites", Kinds.BOOL, true);

  static final TlsServerBlock BLOCK = new TlsServerBlock();

  private TlsServerBlock() {
    super(
        WebConfig.TLS_KEY,
        "web.TLSConfig",
        List.of(
            CERT,
            CERT_FILE,
            KEY,
            KEY_FILE,
            CLIENT_AUTH,
            CLIENT_CA,
            CLIENT_CA_FILE,
            CLIENT_SANS,
            MIN_VERSION,
            MAX_VERSION,
            CIPHERS,
            CURVES,
            PREFER_SERVER_CIPHERS));
  }

  private static <T> Map<String, T> inOrder(List<String> names, Function<String, T> meaning) {
    Map<String, T> meanings = new LinkedHashMap<>();
    names.forEach(name -> meanings.put(name, meaning.apply(name)));
    return meanings;
  }

  private static Map<String, ClientAuth> clientAuthTypes() {
    Map<String, ClientAuth> types =
        Arrays.stream(ClientAuth.values())
            .collect(
                Collectors.toMap(ClientAuth::word, type -> type, (a, b) -> a, LinkedHashMap::new));
    types.put("RequireClientCert", ClientAuth.REQUIRE_ANY);
    return types;
  }

  /** Settings of TLS; null, and perhaps a problem, if it is off. */
  @Override
  @Nullable TlsServerSpec build(Fields fields, Reading in) {
    ClientAuth auth = fields.find(CLIENT_AUTH);
    TlsServerSpec spec =
        new TlsServerSpec(
            source(fields, in, CERT, CERT_FILE),
            source(fields, in, KEY, KEY_FILE),
            auth == null ? ClientAuth.NONE : auth,
            source(fields, in, CLIENT_CA, CLIENT_CA_FILE),
            fields.find(CLIENT_SANS),
            fields.get(MIN_VERSION),
            fields.get(MAX_VERSION),
            fields.get(CIPHERS),
            fields.get(CURVES));
    if (!fields.failed(CLIENT_AUTH)) {
      checkClients(spec, fields, in);
    }
    if (spec.maxVersion().compareTo(spec.minVersion()) < 0) {
      fields.error(in, MAX_VERSION, "max_version is below min_version", "no client could connect");
    }
    if (!spec.hasSuites()) {
      fields.error(in, CIPHERS, "no cipher suite is for a version up to max_version", "");
    }
    if (auth == null
        && !fields.failed(CLIENT_AUTH)
        && spec.cert().isEmpty()
        && spec.key().isEmpty()
        && spec.clientCa().isEmpty()) {
      in.warnHere("TLS is off: there is no certificate", "");
      return null;
    }
    checkPair(spec, in);
    return spec;
  }

  private static Source source(Fields fields, Reading in, Key<?> inline, Key<String> file) {
    if (fields.hasText(inline) && fields.hasText(file)) {
      fields.warn(in, inline, "not used, as there is " + file.name() + " too", "");
    }
    Object text = fields.find(inline);
    if (fields.hasText(file)) {
      return Source.file(fields.get(file));
    }
    return text instanceof Secret secret
        ? new Source(secret, "", "")
        : Source.inline(text == null ? "" : text.toString());
  }

  private static void checkClients(TlsServerSpec spec, Fields fields, Reading in) {
    if (!spec.clientCa().isEmpty() && spec.clientAuth() == ClientAuth.NONE) {
      fields.error(
          in,
          fields.lastOf(CLIENT_CA, CLIENT_CA_FILE),
          "client CA's have been configured without a Client Auth Policy",
          "client_auth_type: RequireAndVerifyClientCert admits their clients only");
    }
    if (spec.clientSans() != null && !spec.clientAuth().isRequired()) {
      fields.error(
          in,
          CLIENT_SANS,
          "client_allowed_sans requires client_auth_type to be one of RequireAnyClientCert or"
              + " RequireAndVerifyClientCert",
          "without it, clients that show no certificate would be admitted");
    }
    if (spec.clientAuth().isVerified() && spec.clientCa().isEmpty()) {
      fields.warn(
          in,
          CLIENT_AUTH,
          "without client_ca_file, clients of every authority that this machine trusts are admitted",
          "");
    }
    if (spec.clientAuth() == ClientAuth.REQUIRE_ANY) {
      fields.warn(
          in,
          CLIENT_AUTH,
          "any certificate will do, whoever made it",
          "RequireAndVerifyClientCert admits clients of client_ca_file only");
    }
  }

  private static void checkPair(TlsServerSpec spec, Reading in) {
    if (spec.cert().isEmpty()) {
      in.errorHere("missing one of cert or cert_file", "");
    }
    if (spec.key().isEmpty()) {
      in.errorHere("missing one of key or key_file", "");
    }
  }
}
