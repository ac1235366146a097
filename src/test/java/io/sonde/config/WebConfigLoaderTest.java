package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigLoaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "{}", "tls_server_config:\nbasic_auth_users: {}\n"})
  void nothingGuardsNothing(String text) {
    WebConfig config = WebConfigFiles.load(text);
    assertNull(config.tls());
    assertTrue(config.users().isEmpty() && config.headers().isEmpty());
    assertTrue(config.http2());
    assertFalse(config.rateLimit().isOn());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void everyKeyIsRead() {
    WebConfig config =
        WebConfigFiles.load(
            """
            tls_server_config:
              cert_file: tls/web.crt
              key_file: /run/web.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca: some text
              client_allowed_sans: [prometheus.example]
              min_version: TLS13
              max_version: TLS13
              cipher_suites: [TLS_AES_128_GCM_SHA256]
              curve_preferences: [X25519, CurveP384]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers:
                Strict-Transport-Security: max-age=31536000
                X-Frame-Options: deny
            basic_auth_users:
              prometheus: %s
            rate_limit: {interval: 100ms, burst: 20}
            """
                .formatted(WebConfigFiles.HASH));
    assertEquals(
        new TlsServerSpec(
            Source.file("/etc/tls/web.crt"),
            Source.file("/run/web.key"),
            ClientAuth.REQUIRE_AND_VERIFY,
            Source.inline("some text"),
            List.of("prometheus.example"),
            TlsVersion.TLS13,
            TlsVersion.TLS13,
            List.of("TLS_AES_128_GCM_SHA256"),
            List.of("x25519", "secp384r1")),
        config.tls());
    assertFalse(config.http2());
    assertEquals(
        Map.of("Strict-Transport-Security", "max-age=31536000", "X-Frame-Options", "deny"),
        config.headers());
    assertEquals(Map.of("prometheus", Secret.of(WebConfigFiles.HASH)), config.users());
    assertEquals(new RateLimit(Duration.ofMillis(100), 20), config.rateLimit());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void tlsHasTheDefaultsOfTheReference() {
    TlsServerSpec tls = WebConfigFiles.load(WebConfigFiles.TLS).tls();
    assertNotNull(tls);
    assertEquals(ClientAuth.NONE, tls.clientAuth());
    assertEquals(TlsVersion.TLS12, tls.minVersion());
    assertEquals(TlsVersion.TLS13, tls.maxVersion());
    assertNull(tls.clientSans());
    assertEquals(Source.file("/etc/a"), tls.cert());
  }

  @ParameterizedTest
  @CsvSource({
    "NoClientCert, NONE",
    "RequestClientCert, REQUEST",
    "RequireAnyClientCert, REQUIRE_ANY",
    "RequireClientCert, REQUIRE_ANY",
    "VerifyClientCertIfGiven, VERIFY_IF_GIVEN",
    "RequireAndVerifyClientCert, REQUIRE_AND_VERIFY"
  })
  void everyWayToAskClientsHasItsWord(String word, ClientAuth auth) {
    TlsServerSpec tls =
        WebConfigFiles.load(WebConfigFiles.TLS + "  client_auth_type: " + word).tls();
    assertNotNull(tls);
    assertEquals(auth, tls.clientAuth());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2y$10$", "$2a$04$", "$2b$12$", "$2x$10$", "$2$10$"})
  void everyVersionOfBcryptIsAHash(String beginning) {
    String hash = beginning + WebConfigFiles.HASH.substring(7);
    assertEquals(
        Map.of("a", Secret.of(hash)),
        WebConfigFiles.load("basic_auth_users: {a: '" + hash + "'}").users());
  }

  @Test
  void aFoldedHeaderIsOneLine() {
    WebConfig config =
        WebConfigFiles.load(
            """
            http_server_config:
              headers:
                Content-Security-Policy: |
                  default-src 'self';
                  img-src *
            """);
    assertEquals(
        Map.of("Content-Security-Policy", "default-src 'self'; img-src *"), config.headers());
  }

  @Test
  void aBareNumberMeansNanosecondsAndIsDoubted() {
    WebConfig config = WebConfigFiles.load("rate_limit: {interval: 5000, burst: 1}");
    assertEquals(Duration.ofNanos(5000), config.rateLimit().interval());
    assertTrue(config.warnings().get(0).toString().contains("did you mean 5000s?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate_limit: {interval: 1s}                      | every request will be refused",
        "tls_server_config: {min_version: TLS13}         | TLS is off: there is no certificate",
        "tls_server_config: {cert: a, cert_file: b, key: c} | not used, as there is cert_file too",
        "tls_server_config: {cert: a, key: c, client_auth_type: VerifyClientCertIfGiven} | every authority that this machine trusts",
        "tls_server_config: {cert: a, key: c, client_auth_type: RequireAnyClientCert} | any certificate will do",
      })
  void whatIsHardlyMeantIsDoubted(String text, String words) {
    List<Problem> warnings = WebConfigFiles.load(text).warnings();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).message().contains(words), warnings.toString());
    assertTrue(warnings.get(0).line() == 1 && warnings.get(0).column() > 0);
  }

  @Test
  void aDearHashIsDoubted() {
    String hash = "$2y$15$" + WebConfigFiles.HASH.substring(7);
    List<Problem> warnings =
        WebConfigFiles.load("basic_auth_users: {a: '" + hash + "'}").warnings();
    assertTrue(warnings.get(0).message().contains("1536 ms of CPU"), warnings.toString());
    assertFalse(warnings.toString().contains(hash));
  }

  @Test
  void anUnreadableFileIsSaidInOneLine() {
    ConfigException failure = WebConfigLoader.unreadable(Path.of("/w.yml"), "/w.yml: gone");
    assertEquals("error parsing web config file: /w.yml: gone", failure.getMessage());
    assertEquals(1, failure.problems().size());
  }

  @Test
  void whatFilesLackIsToldAtTheirKeys() {
    byte[] text = WebConfigFiles.TLS.getBytes(StandardCharsets.UTF_8);
    ConfigException failure =
        WebConfigLoader.flawed(
            Path.of("/w.yml"), text, Map.of("key_file", "no key", "cert", "not written there"));
    assertEquals(
        List.of(
            "/w.yml:1:1: tls_server_config.cert: not written there",
            "/w.yml:3:3: tls_server_config.key_file: no key"),
        failure.problems().stream().map(Problem::toString).toList());
  }
}
