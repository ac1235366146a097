package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration is shown in the reference's order and form, without secrets. */
class ConfigPrinterTest {
  @Test
  void aBareModuleShowsTheDefaultsOfAllProbers() {
    assertEquals(
        """
        modules:
            a:
                prober: http
                http:
                    ip_protocol_fallback: true
                    follow_redirects: true
                    enable_http2: true
                tcp:
                    ip_protocol_fallback: true
                icmp:
                    ip_protocol_fallback: true
                    ttl: 64
                dns:
                    ip_protocol_fallback: true
                    recursion_desired: true
                websocket:
                    ip_protocol_fallback: true
        """,
        ConfigPrinter.print(ConfigFiles.load("modules: {a: {prober: http}}")));
  }

  @Test
  void aModuleAloneIsIndentedLess() {
    ModuleConfig module =
        ConfigFiles.module(
            "tcp",
            """
            query_response:
            - {expect: a, labels: [{name: a, value: v}], send: x, starttls: true}
            - {}
            - {send: !!binary gIGC}
            tls_config: {server_name: s}
            """);
    String printed = ConfigPrinter.print(module);
    assertTrue(
        printed.contains(
            """
            tcp:
              ip_protocol_fallback: true
              query_response:
              - expect: a
                labels:
                - name: a
                  value: v
                send: x
                starttls: true
              - {}
              - send: !!binary gIGC
              tls_config:
                server_name: s
                insecure_skip_verify: false
            icmp:
            """),
        printed);
    assertTrue(printed.startsWith("prober: tcp\nhttp:\n"), printed);
  }

  @Test
  void everyKeyOfHttpStandsInOrder() {
    String printed =
        ConfigPrinter.print(
            ConfigFiles.load(
                """
                modules:
                  a:
                    prober: http
                    timeout: 90s
                    http:
                      enable_http3: true
                      enable_http2: false
                      no_follow_redirects: true
                      body_size_limit: 1500KB
                      compression: gzip
                      http_headers: {X-B: {values: [v], secrets: [s], files: [f]}, X-A: w}
                      proxy_connect_header: {X: [a, b]}
                      proxy_url: http://user:pass@h:1/x?y
                      no_proxy: a,b
                      tls_config: {min_version: TLS12, key: k, cert_file: c}
                      bearer_token: t
                      body: "a\\nb\\n"
                      fail_if_header_not_matches: [{header: h, regexp: r, allow_missing: true}]
                      fail_if_body_json_matches_cel: body.a
                      fail_if_body_matches_regexp: ["a\\\\d"]
                      headers: {m10: a, m2: 'true', Authorization: x, X-My-Token: y, Cookie: ''}
                      method: POST
                      fail_if_ssl: true
                      skip_resolve_phase_with_proxy: true
                      ip_protocol_fallback: false
                      preferred_ip_protocol: ip4
                      valid_status_codes: [200]
                """));
    assertEquals(
        """
        modules:
            a:
                prober: http
                timeout: 1m30s
                http:
                    valid_status_codes:
                        - 200
                    preferred_ip_protocol: ip4
                    ip_protocol_fallback: false
                    skip_resolve_phase_with_proxy: true
                    fail_if_ssl: true
                    method: POST
                    headers:
                        Authorization: <secret>
                        Cookie: ""
                        X-My-Token: <secret>
                        m2: "true"
                        m10: a
                    fail_if_body_matches_regexp:
                        - a\\d
                    fail_if_body_json_matches_cel: body.a
                    fail_if_header_not_matches:
                        - header: h
                          regexp: r
                          allow_missing: true
                    body: |
                        a
                        b
                    authorization:
                        type: Bearer
                        credentials: <secret>
                    tls_config:
                        key: <secret>
                        cert_file: c
                        insecure_skip_verify: false
                        min_version: TLS12
                    follow_redirects: false
                    enable_http2: false
                    proxy_url: http://user:xxxxx@h:1/x?y
                    no_proxy: a,b
                    proxy_connect_header:
                        X:
                            - <secret>
                            - <secret>
                    http_headers:
                        X-A:
                            values:
                                - w
                        X-B:
                            values:
                                - v
                            secrets:
                                - <secret>
                            files:
                                - f
                    compression: gzip
                    body_size_limit: 1MiB476KiB
                    enable_http3: true
        """,
        printed.substring(0, printed.indexOf("        tcp:\n")));
  }

  @Test
  void secretsAreMaskedEverywhere() {
    String printed =
        ConfigPrinter.print(
            ConfigFiles.load(
                """
                modules:
                  a:
                    prober: http
                    http:
                      oauth2:
                        client_id: i
                        client_secret: hunter2
                        token_url: http://u:hunter2@h/t?a=b&client_secret=hunter2#c
                        endpoint_params: {password: hunter2}
                        claims: {token: hunter2}
                        tls_config: {cert: c, key: hunter2}
                        proxy_url: http://u:hunter2@h
                      headers: {x-api-key: hunter2, proxy-authorization: hunter2}
                      http_headers: {X-Secret: {values: [hunter2]}, X: {secrets: [hunter2]}}
                    grpc: {metadata: {authorization: [hunter2]}}
                    websocket:
                      headers: {Authorization: hunter2}
                      http_config: {basic_auth: {username: u, password: hunter2}}
                """));
    assertFalse(printed.contains("hunter2"), printed);
    assertTrue(printed.contains("http://u:xxxxx@h/t?a=b&client_secret=xxxxx#c"), printed);
    assertEquals(11, printed.split("<secret>", -1).length - 1, printed);
  }

  @Test
  void anEmptyModuleIsEmpty() {
    assertEquals("modules:\n    a: {}\n", ConfigPrinter.print(ConfigFiles.load("modules: {a: }")));
    assertEquals("modules: {}\n", ConfigPrinter.print(ConfigFiles.load("modules:")));
  }

  @Test
  void grpcIsShownWhereItCounts() {
    assertTrue(
        ConfigPrinter.print(ConfigFiles.load("modules: {a: {prober: grpc}}"))
            .contains("grpc:\n            ip_protocol_fallback: true\n"));
  }

  @Test
  void numbersInNamesAreOrderedByTheirValue() {
    TreeSet<String> names = new TreeSet<>(NaturalOrder.COMPARATOR);
    names.addAll(List.of("m10", "m2", "m2a", "m", "b", "A", "5", "m02", "m-1", "m10x"));
    assertEquals(
        List.of("5", "A", "b", "m", "m-1", "m2", "m2a", "m02", "m10", "m10x"), List.copyOf(names));
  }

  @Test
  void signsComeBeforeDigitsAndLettersAfterThemUnlessADigitIsBefore() {
    List<String> ordered =
        List.of("1", "1a", "1_", "2", "10", "a-b", "a.b", "a_b", "a1", "a1b", "a1_b", "a01", "aA");
    TreeSet<String> names = new TreeSet<>(NaturalOrder.COMPARATOR);
    names.addAll(ordered);
    assertEquals(ordered, List.copyOf(names));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "http://u:p@h      | http://u:xxxxx@h",
        "http://u:p@x@h/a@ | http://u:xxxxx@h/a@",
        "http://u@h        | http://u@h",
        "http://h:1        | http://h:1",
        "h:1               | h:1",
        "http://:p@h       | http://:xxxxx@h",
      })
  void aPasswordInAUrlIsReplaced(String url, String shown) {
    assertEquals(shown, ProxyUrls.redacted(url));
  }
}
