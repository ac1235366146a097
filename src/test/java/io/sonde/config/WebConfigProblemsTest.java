package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with web configurations is told in the words that people know, and never more. */
class WebConfigProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "nope: 1                                       | field nope not found in type web.Config",
        "tls_server_config: {cert_fil: a}              | field cert_fil not found in type web.TLSConfig",
        "http_server_config: {http3: true}             | field http3 not found in type web.HTTPConfig",
        "rate_limit: {x: 1}                            | field x not found in type web.RateLimiterConfig",
        "[1]                                           | cannot unmarshal !!seq into web.Config",
        "rate_limit: {interval: 5x}                    | cannot unmarshal !!str `5x` into time.Duration",
        "tls_server_config: {cert: a}                  | missing one of key or key_file",
        "tls_server_config: {key: a}                   | missing one of cert or cert_file",
        "tls_server_config: {client_auth_type: X, cert: a, key: b} | invalid ClientAuth: X",
        "tls_server_config: {cert: a, key: b, client_ca: c} | client CA's have been configured without a Client Auth Policy",
        "tls_server_config: {cert: a, key: b, client_allowed_sans: []} | client_allowed_sans requires client_auth_type to be one of RequireAnyClientCert or RequireAndVerifyClientCert",
        "tls_server_config: {cert: a, key: b, cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]} | unknown cipher: TLS_RSA_WITH_AES_128_CBC_SHA",
        "tls_server_config: {cert: a, key: b, curve_preferences: [P256]} | unknown curve: P256",
        "tls_server_config: {cert: a, key: b, min_version: TLS14} | unknown TLS version: TLS14",
        "tls_server_config: {cert: a, key: b, min_version: TLS13, max_version: TLS12} | max_version is below min_version",
        "tls_server_config: {cert: a, key: b, max_version: TLS12, cipher_suites: [TLS_AES_128_GCM_SHA256]} | no cipher suite is for a version up to max_version",
        "http_server_config: {headers: {Foo: 1}}       | HTTP header \"Foo\" can not be configured",
        "http_server_config: {headers: {x-frame-options: deny}} | HTTP header \"x-frame-options\" can not be configured",
        "http_server_config: {headers: {X-Frame-Options: y}} | invalid value for X-Frame-Options. Expected one of: [\"deny\" \"sameorigin\"], but got: \"y\"",
        "http_server_config: {headers: {X-XSS-Protection: \"\\0\"}} | the value of header \"X-XSS-Protection\" contains control characters",
        "basic_auth_users: {a: }                       | not a bcrypt hash",
        "basic_auth_users: {a: secret}                 | not a bcrypt hash",
      })
  void aProblemHasItsFixedText(String text, String words) {
    ConfigException failure = WebConfigFiles.problemsOf(text);
    assertEquals(1, failure.problems().size(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).startsWith("error parsing web config file: "));
    assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.getMessage());
    assertEquals(1, failure.problems().get(0).line());
    assertTrue(failure.problems().get(0).column() > 0);
  }

  @Test
  void allProblemsAreToldAtOnceEachInItsPlace() {
    ConfigException failure =
        WebConfigFiles.problemsOf(
            """
            tls_server_config:
              cert_file: a
              client_auth_type: Require
            http_server_config:
              headers:
                X-Frame-Options: never
            basic_auth_users:
              alice: hunter2
            basic_auth_users:
              bob: pw
            """);
    assertEquals(
        """
        /etc/web.yml:1:1: tls_server_config: missing one of key or key_file
        /etc/web.yml:3:21: tls_server_config.client_auth_type: invalid ClientAuth: Require (expected one of NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert, RequireClientCert)
        /etc/web.yml:6:22: http_server_config.headers.X-Frame-Options: invalid value for X-Frame-Options. Expected one of: ["deny" "sameorigin"], but got: "never"
        /etc/web.yml:8:10: basic_auth_users.alice: not a bcrypt hash (expected 60 characters that begin with $2y$10$ or the like, as htpasswd -nBC 10 USER writes them)
        /etc/web.yml:9:1: basic_auth_users: mapping key "basic_auth_users" already defined at line 7
        """
            .strip(),
        String.join("\n", failure.problems().stream().map(Problem::toString).toList()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "basic_auth_users: {a: Sesame99}",
        "basic_auth_users: {a: [Sesame99]}",
        "basic_auth_users: Sesame99",
        "basic_auth_users: {a: !x Sesame99}",
        "basic_auth_users: {a: $2y$10$Sesame99}",
        "tls_server_config: Sesame99",
        "tls_server_config: {cert: a, key: [Sesame99]}",
        "tls_server_config: {cert: a, key: {Sesame99: Sesame99}}",
      })
  void whatMayBeASecretIsNeverRepeated(String text) {
    ConfigException failure = WebConfigFiles.problemsOf(text);
    assertFalse(String.valueOf(failure.getMessage()).contains("Sesame99"), failure.getMessage());
    assertFalse(failure.problems().toString().contains("Sesame99"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls_server_config: {cert_fil: a} | did you mean cert_file?",
        "http_server_config: {headers: {x-frame-options: deny}} | did you mean X-Frame-Options?",
        "tls_server_config: {cert: a, key: b, curve_preferences: [Curve256]} | did you mean CurveP256?",
      })
  void whatWasProbablyMeantIsSaid(String text, String hint) {
    assertTrue(WebConfigFiles.problemsOf(text).problems().toString().contains(hint));
  }
}
