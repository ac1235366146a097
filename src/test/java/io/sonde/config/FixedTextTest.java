package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of errors that people know, and look for. */
class FixedTextTest {
  private static void assertFails(String prober, String lines, String text) {
    String failure =
        ConfigFiles.failureOf(ConfigFiles.moduleText(prober, lines.replace("\\n", "\n")));
    assertTrue(failure.startsWith("error parsing config file: " + text), failure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "fail_if_header_matches: [{header: a}]   | regexp must be set for HTTP header matchers",
        "fail_if_header_matches: [{header: a, regexp: ''}] | regexp must be set for HTTP header",
        "fail_if_header_not_matches: [{regexp: a}] | header name must be set for HTTP header matche",
        "fail_if_body_matches_regexp: [':[']     | \"Could not compile regular expression\" regexp=\":[\"",
        "fail_if_body_not_matches_regexp: [':['] | \"Could not compile regular expression\" regexp=\":[\"",
        "fail_if_header_matches: [{header: a, regexp: ':['}] | \"Could not compile regular expression\"",
        "fail_if_body_json_matches_cel: ''       | \"Could not compile CEL program\" expression=\"\"",
        "fail_if_body_json_not_matches_cel: foo  | \"Could not compile CEL program\" expression=\"foo\"",
        "body: a\\nbody_file: b                  | setting body and body_file both are not allowed",
        "headers: {Accept-Encoding: deflate}\\ncompression: gzip | invalid configuration \"Accept-Encoding: deflate\", \"compression: gzip\"",
        "headers: {accEpt-enCoding: deflate}\\ncompression: gzip | invalid configuration \"accEpt-enCoding: deflate\", \"compression: gzip\"",
        "headers: {Accept-Encoding: '*;q=0.0'}\\ncompression: gzip | invalid configuration \"Accept-Encoding: *;q=0.0\", \"compression: gzip\"",
        "valid_http_versions: [HTTP/3.0]         | HTTP/3 cannot be used as a valid HTTP version when enable_http3 is false",
        "enable_http3: true\\nenable_http2: false\\nvalid_http_versions: [HTTP/1.1] | HTTP/3 and HTTP/2.0/1.1 cannot be used together - only HTTP/3.0 is allowed when enable_http3 is true",
        "enable_http3: true                      | when enable_http3 is true, enable_http2 must be set to false",
        "body_size_limit: 1kB                    | units: unknown unit kB in 1kB",
        "http_headers: {user-agent: {values: [a]}} | setting header \"User-Agent\" is not allowed",
      })
  void ofHttp(String lines, String text) {
    assertFails("http", lines, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "bearer_token: a\\nbearer_token_file: b | at most one of bearer_token & bearer_token_file must be configured",
        "basic_auth: {}\\nbearer_token: a      | at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured",
        "basic_auth: {username: a, username_ref: b} | at most one of basic_auth username, username_file & username_ref must be configured",
        "basic_auth: {password: a, password_file: b} | at most one of basic_auth password, password_file & password_ref must be configured",
        "authorization: {}\\nbearer_token_file: a | authorization is not compatible with bearer_token & bearer_token_file",
        "authorization: {credentials: a, credentials_file: b} | at most one of authorization credentials & credentials_file must be configured",
        "authorization: {type: ' BASIC '}      | authorization type cannot be set to \"basic\", use \"basic_auth\" instead",
        "authorization: {}\\nbasic_auth: {}    | at most one of basic_auth, oauth2 & authorization must be configured",
        "basic_auth: {}\\noauth2: {client_id: a, token_url: b} | at most one of basic_auth, oauth2 & authorization must be configured",
        "oauth2: {token_url: b}                | oauth2 client_id must be configured",
        "oauth2: {client_id: b}                | oauth2 token_url must be configured",
        "oauth2: {client_id: a, token_url: b, client_secret: c, client_secret_file: d} | at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured using grant-type=client_credentials",
        "oauth2: {client_id: a, token_url: b, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_certificate_key: c, client_certificate_key_file: d} | at most one of oauth2 client_certificate_key, client_certificate_key_file & client_certificate_key_ref must be configured using grant-type=urn:ietf:params:oauth:grant-type:jwt-bearer",
        "oauth2: {client_id: a, token_url: b, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', signature_algorithm: HS256} | valid signature algorithms are RS256, RS384 and RS512",
        "oauth2: {client_id: a, token_url: b, no_proxy: c} | if no_proxy is configured, proxy_url must also be configured",
        "proxy_connect_header: {a: [b]}        | if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured",
        "proxy_from_environment: true\\nproxy_url: 'http://a' | if proxy_from_environment is configured, proxy_url must not be configured",
        "proxy_from_environment: true\\nno_proxy: a | if proxy_from_environment is configured, no_proxy must not be configured",
        "no_proxy: a                           | if no_proxy is configured, proxy_url must also be configured",
        "proxy_url: '1.2.3.4:80'               | parse \"1.2.3.4:80\": first path segment in URL cannot contain colon",
      })
  void ofHttpClients(String lines, String text) {
    assertFails("http", lines, text);
    assertFails("websocket", "http_config:\n" + lines.replace("\\n", "\n").indent(2), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ca: a, ca_file: b       | at most one of ca, ca_file & ca_ref must be configured",
        "cert: a, cert_file: b, key: c | at most one of cert, cert_file & cert_ref must be configured",
        "key: a, key_file: b, cert: c | at most one of key and key_file must be configured",
        "key: a, cert: b, key_password: c, key_password_file: d | at most one of key_password and key_password_file must be configured",
        "cert_file: a            | exactly one of key or key_file must be configured when a client certificate is configured",
        "key_file: a             | exactly one of cert or cert_file must be configured when a client key is configured",
        "min_version: TLS1.2     | unknown TLS version: TLS1.2",
        "max_version: ''         | unknown TLS version: ",
      })
  void ofTls(String keys, String text) {
    for (String prober : new String[] {"http", "tcp", "grpc", "unix"}) {
      assertFails(prober, "tls_config: {" + keys + "}", text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "dns  | query_type: A                     | query name must be set for DNS module",
        "dns  | query_name: a\\nquery_class: X     | query class 'X' is not valid",
        "dns  | query_name: a\\nquery_type: X      | query type 'X' is not valid",
        "dns  | query_name: a\\nquery_type: TYPE65 | query type 'TYPE65' is not valid",
        "icmp | ttl: -1                           | \"ttl\" cannot be negative",
        "icmp | ttl: 256                          | \"ttl\" cannot exceed 255",
        "tcp  | query_response: [{expect: ':['}]  | \"Could not compile regular expression\" regexp=\":[\"",
        "unix | query_response: [{expect: ':['}]  | \"Could not compile regular expression\" regexp=\":[\"",
        "websocket | query_response: [{expect: ':['}] | \"Could not compile regular expression\" regexp=\":[\"",
        "tcp  | query_response: [{expect: a, expect_bytes: b}] | expect and expect_bytes are mutually exclusive",
      })
  void ofOtherProbers(String prober, String lines, String text) {
    assertFails(prober, lines, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "*",
        "gzip;q=0.5",
        "deflate, gzip",
        "br;q=0.1,gzip;q=0.001",
        "*;q=0, gzip",
        "gzip;0.5"
      })
  void anAcceptEncodingMayAllowTheCompression(String value) {
    assertTrue(AcceptEncoding.allows(value, "gzip"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"br", "gzip;q=0", "GZIP", "gzip;q=x", "gzip;q=0.0004", "gzip;a=b;q=0", "gzip-x"})
  void anAcceptEncodingMayRefuseTheCompression(String value) {
    assertEquals(false, AcceptEncoding.allows(value, "gzip"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "a:80", "http://h:1:2", "mailto:foo", "a b", "", "http://::1"})
  void whatCanBeReadAsUrlIsAccepted(String url) {
    assertEquals(url, ConfigFiles.http("proxy_url: '" + url + "'").client().proxy().url().reveal());
  }
}
