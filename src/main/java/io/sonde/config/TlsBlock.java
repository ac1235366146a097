package io.sonde.config;

import java.util.List;

/** {@code tls_config}, wherever it stands. */
final class TlsBlock extends Block<TlsSpec> {
  static final Key<String> CA = Key.of("ca", Kinds.STRING, "");
  static final Key<String> CA_FILE = Key.of("ca_file", Kinds.FILE, "");
  static final Key<String> CA_REF = Key.of("ca_ref", Kinds.STRING, "");
  static final Key<String> CERT = Key.of("cert", Kinds.STRING, "");
  static final Key<String> CERT_FILE = Key.of("cert_file", Kinds.FILE, "");
  static final Key<String> CERT_REF = Key.of("cert_ref", Kinds.STRING, "");
  static final Key<Secret> KEY = Key.of("key", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> KEY_FILE = Key.of("key_file", Kinds.FILE, "");
  static final Key<String> KEY_REF = Key.of("key_ref", Kinds.STRING, "");
  static final Key<Secret> KEY_PASSWORD =
      Key.of("key_password", Kinds.SECRET, Secret.NONE).sensitive();
  static final Key<String> KEY_PASSWORD_FILE = Key.of("key_password_file", Kinds.FILE, "");
  static final Key<String> SERVER_NAME = Key.of("server_name", Kinds.STRING, "");
  static final Key<Boolean> INSECURE_SKIP_VERIFY =
      Key.of("insecure_skip_verify", Kinds.BOOL, false);
  static final Key<TlsVersion> MIN_VERSION = Key.optional("min_version", Kinds.TLS_VERSION);
  static final Key<TlsVersion> MAX_VERSION = Key.optional("max_version", Kinds.TLS_VERSION);

  static final TlsBlock BLOCK = new TlsBlock();

  /** The key that holds such a block; a text in its place may be a key, and is not repeated. */
  static final Key<TlsSpec> TLS_CONFIG = Key.of("tls_config", BLOCK, TlsSpec.DEFAULT).sensitive();

  private TlsBlock() {
    super(
        "tls_config",
        List.of(
            CA,
            CA_FILE,
            CA_REF,
            CERT,
            CERT_FILE,
            CERT_REF,
            KEY,
            KEY_FILE,
            KEY_REF,
            KEY_PASSWORD,
            KEY_PASSWORD_FILE,
            SERVER_NAME,
            INSECURE_SKIP_VERIFY,
            MIN_VERSION,
            MAX_VERSION));
  }

  @Override
  TlsSpec build(Fields fields, Reading in) {
    atMostOne(
        fields, in, "at most one of ca, ca_file & ca_ref must be configured", CA, CA_FILE, CA_REF);
    atMostOne(
        fields,
        in,
        "at most one of cert, cert_file & cert_ref must be configured",
        CERT,
        CERT_FILE,
        CERT_REF);
    atMostOne(
        fields, in, "at most one of key and key_file must be configured", KEY, KEY_FILE, KEY_REF);
    atMostOne(
        fields,
        in,
        "at most one of key_password and key_password_file must be configured",
        KEY_PASSWORD,
        KEY_PASSWORD_FILE);
    TlsSpec tls =
        new TlsSpec(
            source(fields, in, CA, CA_FILE, CA_REF),
            source(fields, in, CERT, CERT_FILE, CERT_REF),
            source(fields, in, KEY, KEY_FILE, KEY_REF),
            new Source(fields.get(KEY_PASSWORD), fields.get(KEY_PASSWORD_FILE), ""),
            fields.get(SERVER_NAME),
            fields.get(INSECURE_SKIP_VERIFY),
            fields.find(MIN_VERSION),
            fields.find(MAX_VERSION));
    checkPair(tls, fields, in);
    checkVersions(tls, fields, in);
    return tls;
  }

  private static void checkPair(TlsSpec tls, Fields fields, Reading in) {
    boolean cert = !tls.cert().isEmpty();
    boolean key = !tls.key().isEmpty();
    if (cert && !key) {
      fields.error(
          in,
          fields.lastOf(CERT, CERT_FILE, CERT_REF),
          "exactly one of key or key_file must be configured when a client certificate is"
              + " configured",
          "");
    } else if (key && !cert) {
      fields.error(
          in,
          fields.lastOf(KEY, KEY_FILE, KEY_REF),
          "exactly one of cert or cert_file must be configured when a client key is configured",
          "");
    }
  }

  private static void checkVersions(TlsSpec tls, Fields fields, Reading in) {
    TlsVersion least = tls.minVersion();
    TlsVersion most = tls.maxVersion();
    if (least != null && most != null && most.compareTo(least) < 0) {
      fields.unusable(in, MAX_VERSION, "max_version is below min_version");
    }
  }
}
