package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes are told all at once, with their place and with what was probably meant. */
class StrictnessTest {
  private static final String BROKEN =
      """
      module:
        x: {}
      modules:
        web:
          prober: htpp
          timeout: 5
          http:
            metod: POST
            valid_status_codes: 200
            valid_http_versions: [HTTP/3.0]
            fail_if_ssl: maybe
            fail_if_ssl: true
            headers:
              Accept-Encoding: br
            compression: gzip
            body: a
            body_file: b
            fail_if_body_matches_regexp: [ok, "(", "a)"]
            fail_if_header_matches:
            - {header: "", regexp: x}
            - {header: Server}
            - regexp: y
              alow_missing: true
            basic_auth: {username: u, username_file: f}
            bearer_token: t
            tls_config: {cert: c, min_version: tls12}
            no_proxy: x
            body_size_limit: 100
        names:
          prober: dns
          dns:
            query_class: in
            query_type: MXX
        "a b":
          prober: icmp
          icmp: {ttl: 256, payload_size: x, dont_fragment: [1]}
        list: [1]
      """;

  private static final String TOLD =
      """
      error parsing config file: yaml: unmarshal errors:
        line 1: field module not found in type config.plain (sonde.yml:1:1 module; did you mean modules?)
        line 5: prober 'htpp' is not valid (sonde.yml:5:13 modules.web.prober; did you mean http?)
        line 6: cannot unmarshal !!int `5` into time.Duration (sonde.yml:6:14 modules.web.timeout; expected duration; did you mean 5s?)
        line 8: field metod not found in type config.plain (sonde.yml:8:7 modules.web.http.metod; did you mean method?)
        line 9: cannot unmarshal !!int `200` into []int (sonde.yml:9:27 modules.web.http.valid_status_codes; expected list of int)
        line 10: HTTP/3 cannot be used as a valid HTTP version when enable_http3 is false (sonde.yml:10:28 modules.web.http.valid_http_versions)
        line 11: cannot unmarshal !!str `maybe` into bool (sonde.yml:11:20 modules.web.http.fail_if_ssl; expected bool)
        line 12: mapping key "fail_if_ssl" already defined at line 11 (sonde.yml:12:7 modules.web.http.fail_if_ssl)
        line 15: invalid configuration "Accept-Encoding: br", "compression: gzip" (sonde.yml:15:20 modules.web.http.compression)
        line 17: setting body and body_file both are not allowed (sonde.yml:17:18 modules.web.http.body_file)
        line 18: "Could not compile regular expression" regexp="(" (sonde.yml:18:41 modules.web.http.fail_if_body_matches_regexp[1]; missing closing ))
        line 18: "Could not compile regular expression" regexp="a)" (sonde.yml:18:46 modules.web.http.fail_if_body_matches_regexp[2]; unexpected ))
        line 20: header name must be set for HTTP header matchers (sonde.yml:20:9 modules.web.http.fail_if_header_matches[0])
        line 21: regexp must be set for HTTP header matchers (sonde.yml:21:9 modules.web.http.fail_if_header_matches[1])
        line 22: header name must be set for HTTP header matchers (sonde.yml:22:9 modules.web.http.fail_if_header_matches[2])
        line 23: field alow_missing not found in type config.HeaderMatch (sonde.yml:23:9 modules.web.http.fail_if_header_matches[2].alow_missing; did you mean allow_missing?)
        line 24: at most one of basic_auth username, username_file & username_ref must be configured (sonde.yml:24:48 modules.web.http.basic_auth.username_file)
        line 25: at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured (sonde.yml:25:21 modules.web.http.bearer_token)
        line 26: exactly one of key or key_file must be configured when a client certificate is configured (sonde.yml:26:26 modules.web.http.tls_config.cert)
        line 26: unknown TLS version: tls12 (sonde.yml:26:42 modules.web.http.tls_config.min_version; did you mean TLS12?)
        line 27: if no_proxy is configured, proxy_url must also be configured (sonde.yml:27:17 modules.web.http.no_proxy)
        line 28: units: unknown unit  in 100 (sonde.yml:28:24 modules.web.http.body_size_limit; expected a size such as 10MiB)
        line 32: query name must be set for DNS module (sonde.yml:32:7 modules.names.dns)
        line 32: query class 'in' is not valid (sonde.yml:32:20 modules.names.dns.query_class; did you mean IN?)
        line 33: query type 'MXX' is not valid (sonde.yml:33:19 modules.names.dns.query_type; did you mean MX?)
        line 36: "ttl" cannot exceed 255 (sonde.yml:36:17 modules["a b"].icmp.ttl; expected 0 to 255)
        line 36: cannot unmarshal !!str `x` into int (sonde.yml:36:36 modules["a b"].icmp.payload_size; expected int)
        line 36: cannot unmarshal !!seq into bool (sonde.yml:36:54 modules["a b"].icmp.dont_fragment; expected bool)
        line 37: cannot unmarshal !!seq into config.plain (sonde.yml:37:9 modules.list; expected a mapping)""";

  @Test
  void everyMistakeIsToldAtOnce() {
    assertEquals(TOLD, ConfigFiles.failureOf(BROKEN));
  }

  @Test
  void aMistakeKnowsItsModuleAndPlace() {
    Problem problem = ConfigFiles.problemsOf(BROKEN).problems().get(1);
    assertEquals("web", problem.module());
    assertEquals("modules.web.prober", problem.path());
    assertEquals(
        "sonde.yml:5:13: modules.web.prober: prober 'htpp' is not valid (did you mean http?)",
        problem.toString());
  }

  @Test
  void aSingleMistakeIsTheWholeMessage() {
    assertEquals(
        "error parsing config file: prober 'invalid' is not valid (sonde.yml:3:13 modules.a.prober;"
            + " expected one of http, tcp, icmp, dns, grpc, unix, websocket)",
        ConfigFiles.failureOf("modules:\n  a:\n    prober: invalid\n"));
  }

  @Test
  void mistakesOfMeaningAloneAreCounted() {
    assertEquals(
        """
        error parsing config file: 2 problems:
          line 1: prober 'x' is not valid (sonde.yml:1:23 modules.a.prober; expected one of http, tcp, icmp, dns, grpc, unix, websocket)
          line 1: prober '' is not valid (sonde.yml:1:27 modules.b; expected one of http, tcp, icmp, dns, grpc, unix, websocket)""",
        ConfigFiles.failureOf("modules: {a: {prober: x}, b: {}}"));
  }

  @Test
  void anUnknownKeyIsToldAsTheReferenceTellsIt() {
    String text = "modules:\n  a:\n    prober: http\n" + "\n".repeat(46) + "    extra: 1\n";
    String failure = ConfigFiles.failureOf(text);
    assertTrue(
        failure.startsWith(
            "error parsing config file: yaml: unmarshal errors:\n"
                + "  line 50: field extra not found in type config.plain"),
        failure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "http_headers: {a: {valeus: [b]}}    | field valeus not found in type config.Header",
        "authorization: {typ: x}             | field typ not found in type config.Authorization",
        "oauth2: {client: x}                 | field client not found in type config.plain",
        "tls_config: {ca_path: x}            | field ca_path not found in type config.plain",
        "method: {a: b}                      | cannot unmarshal !!map into string",
        "http_headers: {a: [b]}              | cannot unmarshal !!seq into config.Header",
        "<<: {metod: x}                      | field metod not found in type config.plain",
        "'<<': {method: x}                   | field << not found in type config.plain",
        "<<: x                               | map merge requires map or sequence of maps",
        "headers: {[a]: b}                   | cannot unmarshal !!seq into string",
        "fail_if_ssl: !!bool yes             | yaml: cannot decode `yes` as a !!bool",
        "method: !!binary '%%'               | yaml: !!binary value contains invalid base64 data",
        "valid_status_codes: [abcdefghijkl]  | cannot unmarshal !!str `abcdefg...` into int",
        "fail_if_ssl: abcdefghij             | cannot unmarshal !!str `abcdefghij` into bool",
      })
  void wrongShapesAreTold(String lines, String text) {
    String failure = ConfigFiles.failureOf(ConfigFiles.moduleText("http", lines));
    assertTrue(failure.contains(text), failure);
  }

  @Test
  void aMistakeBehindAnAliasIsToldOnce() {
    String text =
        """
        modules:
          a: &a
            prober: http
            tiemout: 1s
          b: *a
          c: {<<: *a}
        """;
    List<Problem> problems = ConfigFiles.problemsOf(text).problems();
    assertEquals(1, problems.size());
    assertEquals(4, problems.get(0).line());
  }

  @Test
  void onlySoManyMistakesAreListed() {
    StringBuilder text = new StringBuilder("modules:\n  a:\n    prober: tcp\n");
    for (int i = 0; i < 250; i++) {
      text.append("    unknown_").append(i).append(": 1\n");
    }
    ConfigException failure = ConfigFiles.problemsOf(text.toString());
    assertEquals(200, failure.problems().size());
    assertTrue(String.valueOf(failure.getMessage()).endsWith("\n  and 50 more"));
  }
}
