package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What loads, and yet is worth a word. */
class WarningsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "http | no_follow_redirects: true      | no_follow_redirects is deprecated",
        "http | enable_http3: true\\nenable_http2: false | enable_http3 is experimental",
        "http | preferred_ip_protocol: ipv4    | preferred_ip_protocol \"ipv4\" means IPv4",
        "http | proxy_url: 'ftp://a'           | proxy_url begins with none of http://, https://, socks5:// and socks5h://",
        "http | proxy_url: '//a:80'            | proxy_url begins with none of http://, https://, socks5:// and socks5h://",
        "http | valid_http_versions: [HTTP/2]  | no response ever has the version \"HTTP/2\"",
        "websocket | query_response: [{expect_bytes: a}, {starttls: true}] | expect_bytes, labels and starttls have no effect on a websocket",
      })
  void aModuleThatWorksOtherwiseThanItReads(String prober, String lines, String message) {
    assertWarns(Problem.Severity.WARNING, prober, lines, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "http | method: 'a b'                  | method is not an HTTP token",
        "http | headers: {'a b': c}            | \"a b\" is not the name of a header",
        "http | headers: {a: \"x\\r\"}          | the value of header \"a\" contains control characters",
        "http | compression: zip               | unknown compression \"zip\"",
        "http | proxy_url: 'http://:80'        | proxy_url names no host",
        "http | proxy_url: 'localhost:80'      | proxy_url names no host",
        "http | {proxy_url: 'http://a', proxy_connect_header: {'a b': [c]}} | \"a b\" is not the name of a header",
        "http | {proxy_url: 'http://a', proxy_connect_header: {a: [\"x\\r\"]}} | the value of header \"a\" contains control characters",
        "http | basic_auth: {password_ref: a}  | cannot use secret ref without manager",
        "http | authorization: {credentials_ref: a} | cannot use secret ref without manager",
        "tcp  | tls_config: {ca_ref: a}        | cannot use secret ref without manager",
        "tcp  | tls_config: {min_version: TLS13, max_version: TLS12} | max_version is below min_version",
        "tcp  | source_ip_address: localhost   | source_ip_address is not an IP address",
        "tcp  | source_ip_address: 127.1       | source_ip_address is not an IP address",
        "icmp | source_ip_address: '::g'       | source_ip_address is not an IP address",
        "icmp | payload_size: -1               | payload_size is negative",
        "dns  | query_name: a\\ntransport_protocol: tls | transport_protocol must be udp or tcp",
        "dns  | query_name: a\\ndns_over_tls: true | dns_over_tls needs transport_protocol: tcp",
        "dns  | query_name: a\\nvalid_rcodes: [OK] | unknown rcode \"OK\"",
        "dns  | query_name: a\\nvalidate_answer_rrs: {fail_if_matches_regexp: ['(']} | \"Could not compile regular expression\" regexp=\"(\"",
        "websocket | headers: {upgrade: {values: [h2c]}} | header \"upgrade\" belongs to the handshake",
        "tcp  | query_response: [{expect: a, labels: [{name: __a}]}] | label \"__a\" is empty, reserved or there twice",
        "tcp  | query_response: [{expect: a, labels: [{name: x}]}, {expect: b, labels: []}] | the entries with labels have different label names: [[x], []]",
      })
  void aModuleThatCannotWork(String prober, String lines, String message) {
    assertWarns(Problem.Severity.UNUSABLE, prober, lines, message);
  }

  private static void assertWarns(
      Problem.Severity severity, String prober, String lines, String message) {
    String text = ConfigFiles.moduleText(prober, lines.replace("\\n", "\n"));
    List<Problem> warnings = ConfigFiles.warningsOf(text);
    assertEquals(List.of(message), warnings.stream().map(Problem::message).toList());
    Problem warning = warnings.get(0);
    assertEquals(severity, warning.severity());
    assertEquals("m", warning.module());
    assertTrue(warning.line() > 3 && warning.column() > 6, warning.toString());
    assertTrue(warning.path().startsWith("modules.m." + prober + "."), warning.path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "'::1'", "'fe80::1%eth0'", "'::ffff:1.2.3.4'"})
  void anAddressIsAnAddress(String address) {
    String text = ConfigFiles.moduleText("tcp", "source_ip_address: " + address);
    assertEquals(List.of(), ConfigFiles.warningsOf(text));
  }

  @Test
  void aDnsModuleNeedsItsBlock() {
    List<Problem> warnings = ConfigFiles.warningsOf("modules: {a: {prober: dns}}");
    assertEquals(
        "sonde.yml:1:23: modules.a.prober: prober dns needs a dns block with a query_name",
        warnings.get(0).toString());
    assertEquals(Problem.Severity.UNUSABLE, warnings.get(0).severity());
  }

  @Test
  void blocksThatAreNotUsedDoNotMatter() {
    String text =
        """
        modules:
          a:
            http: {method: "a b", no_follow_redirects: true}
            prober: tcp
        """;
    assertEquals(List.of(), ConfigFiles.warningsOf(text));
  }

  @Test
  void warningsStandInTheOrderOfTheFile() {
    String text =
        """
        modules:
          a: {prober: dns}
          b: {prober: tcp, tcp: {preferred_ip_protocol: x, source_ip_address: y}}
          c:
        """;
    assertEquals(
        List.of("a", "b", "b", "c"),
        ConfigFiles.warningsOf(text).stream().map(Problem::module).toList());
  }
}
