package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed loads again to what it was, wherever nothing was masked. */
class RoundTripTest {
  private static final String EVERYTHING =
      """
      modules:
        a:
          prober: http
          timeout: 1h1.5s
          trace_context: true
          http:
            valid_status_codes: [200, 401]
            valid_http_versions: [HTTP/1.1]
            preferred_ip_protocol: ip4
            ip_protocol_fallback: false
            skip_resolve_phase_with_proxy: true
            fail_if_ssl: true
            fail_if_not_ssl: true
            follow_redirects: false
            enable_http2: false
            method: POST
            headers: {A: "1", B: "- x", C: ~}
            http_headers: {X: {values: [a, b], files: [c]}, Y: {}}
            body: !!binary gIGC
            compression: br
            body_size_limit: 1.5KiB
            fail_if_body_matches_regexp: ['a: #"', '']
            fail_if_body_not_matches_regexp: ['\\d']
            fail_if_body_json_matches_cel: body.a == 'x'
            fail_if_body_json_not_matches_cel: "has(body.b)"
            fail_if_header_matches: [{header: a, regexp: b}]
            fail_if_header_not_matches: [{header: a, regexp: b, allow_missing: true}]
            basic_auth: {username: u, password_file: f}
            tls_config:
              ca: "-----BEGIN-----\\nx\\n-----END-----\\n"
              cert_file: c
              key_file: k
              server_name: s
              insecure_skip_verify: true
              min_version: TLS10
              max_version: TLS13
            proxy_url: http://user@h:1
            no_proxy: a,b
          tcp:
            source_ip_address: 127.0.0.1
            tls: true
            query_response:
            - {expect: '', labels: []}
            - {expect: 'x', labels: [{name: a, value: ' ${1}'}], send: " \\n x\\n\\n", starttls: true}
            - {expect_bytes: !!binary AAE=}
            - {}
          icmp: {ttl: 0, payload_size: 9, dont_fragment: true}
          dns:
            query_name: a
            query_class: CH
            query_type: MX
            recursion_desired: false
            dns_over_tls: true
            transport_protocol: tcp
            valid_rcodes: []
            validate_answer_rrs: {fail_if_matches_regexp: ['*']}
            validate_authority_rrs: {fail_if_all_match_regexp: [a], fail_if_not_matches_regexp: [b]}
            validate_additional_rrs: {fail_if_none_matches_regexp: [c]}
          grpc: {service: s, tls: true, ip_protocol_fallback: false, metadata: {a: [b, ''], c: []}}
          unix: {tls: true, query_response: [{send: x}]}
          websocket:
            http_config:
              authorization: {type: X, credentials_file: f}
              follow_redirects: false
              proxy_from_environment: true
            headers: {A: b}
            query_response: [{expect: x}]
            preferred_ip_protocol: ip6
        b:
          prober: http
          http:
            enable_http3: true
            enable_http2: false
            body_file: f
            oauth2:
              client_id: i
              client_secret_file: f
              token_url: u
              scopes: [a, b]
              endpoint_params: {a: b}
              grant_type: x
              client_certificate_key_id: y
              signature_algorithm: RS384
              iss: z
              audience: q
              claims: {n: 1, x: 1.5, t: true, l: [a, [b], {c: ~}], e: {}, f: [], s: "1", i: .inf}
              tls_config: {ca_file: f}
              proxy_url: socks5://h
        c: {prober: grpc}
        d: {prober: grpc, grpc: {}}
        e: {prober: websocket, websocket: {http_config: {}}}
        "1": {prober: unix}
        "a b: #": {prober: icmp}
      """;

  private static void assertReloads(Config config) {
    assertEquals(config.modules(), ConfigFiles.load(ConfigPrinter.print(config)).modules());
    config
        .modules()
        .forEach(
            (name, module) -> {
              String printed = ConfigPrinter.print(module).indent(4);
              String text = "modules:\n  x:\n" + printed;
              assertEquals(
                  module.named("x", ExpandedSecrets.NONE),
                  ConfigFiles.only(ConfigFiles.load(text)),
                  printed);
            });
  }

  @Test
  void everyKeySurvives() {
    assertReloads(ConfigFiles.load(EVERYTHING));
  }

  @ParameterizedTest
  @EnumSource(value = ProberKind.class, names = "DNS", mode = EnumSource.Mode.EXCLUDE)
  void defaultsSurvive(ProberKind kind) {
    assertReloads(ConfigFiles.load("modules: {a: {prober: " + kind.word() + "}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\n\n",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\n\n",
        " a\nb",
        "a\n b\n",
        "a \nb",
        "a\n ",
        "\ta",
        "a\tb\nc",
        "---",
        "...",
        "--- a",
        "- a",
        "-a",
        "? a",
        "?a",
        ": a",
        ":a",
        "a: b",
        "a:b",
        "a:",
        "a #b",
        "a#b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "'",
        "''",
        "\"",
        "%a",
        "@a",
        "`a",
        "[a",
        "]a",
        "{a",
        "}a",
        ",a",
        "a,b",
        "~",
        "null",
        "true",
        "y",
        "No",
        "1",
        "0x1",
        "0o7",
        "1_0",
        ".5",
        "+1",
        "-1",
        "1e3",
        ".inf",
        ".nan",
        "1:30",
        "2001-01-01",
        "<<",
        "=",
        "é",
        "😀",
        "\u0007",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\r\n",
        "a\r",
        "\\",
        "\\n",
        "a\\\nb",
      })
  void anyTextSurvives(String text) {
    assertTextSurvives(text);
  }

  @Test
  void randomTextsSurvive() {
    Random random = new Random(11);
    String alphabet = " \n\t-?:,[]{}#&*!|>'\"%@`~<=.0aé\\\r";
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length >= 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertTextSurvives(text.toString());
    }
  }

  private static void assertTextSurvives(String text) {
    HttpSpec http = HttpSpec.DEFAULT.withHeaders(java.util.Map.of("A" + text, text));
    QueryResponse step =
        new QueryResponse(
            null, Bytes.EMPTY, List.of(new LabelTemplate(text, text)), Bytes.of(text), false);
    TcpSpec tcp = new TcpSpec(IpPreference.DEFAULT, "", List.of(step), false, TlsSpec.DEFAULT);
    ModuleConfig module = ModuleConfig.of("m" + text, java.time.Duration.ZERO, tcp).withHttp(http);
    assertReloads(new Config(java.util.Map.of(module.name(), module), List.of()));
  }
}
