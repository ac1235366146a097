package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What makes the loader refuse files that look right to their schema, each with an example.
 * Whatever else the loader refuses, the schema refuses too.
 */
final class LoaderOnly {
  /**
   * A reason.
   *
   * @param message what the loader says
   * @param file a file that only the loader refuses, for that reason
   */
  record Reason(Pattern message, String file) {
    boolean isToldBy(Problem problem) {
      return message.matcher(problem.message()).find();
    }

    @Override
    public String toString() {
      return message.pattern();
    }
  }

  /** Of files of modules. */
  static final List<Reason> OF_MODULES = new ArrayList<>();

  /** Of the file of the web server. */
  static final List<Reason> OF_WEB_SERVER = new ArrayList<>();

  private LoaderOnly() {}

  /** Whether a message tells something that a schema cannot see. */
  static boolean tells(List<Reason> reasons, Problem problem) {
    return reasons.stream().anyMatch(reason -> reason.isToldBy(problem));
  }

  private static void http(String message, String lines) {
    file(message, ConfigFiles.moduleText("http", lines));
  }

  private static void file(String message, String file) {
    OF_MODULES.add(new Reason(Pattern.compile(message), file));
  }

  private static void web(String message, String file) {
    OF_WEB_SERVER.add(new Reason(Pattern.compile(message), file));
  }

  static {
    yaml();
    values();
    contradictions();
    dialogues();
    policy();
    webServer();
  }

  private static void yaml() {
    http("^mapping key \".*\" already defined", "method: a\nmethod: b");
    http("^cannot unmarshal !!(seq|map) into string$", "headers: {[a]: b}");
    http("^yaml: map merge requires", "<<: x\nmethod: a");
    http("^yaml: !!binary value contains invalid", "method: !!binary '%%'");
    http("^yaml: cannot decode", "fail_if_ssl: !!bool yes");
  }

  private static void values() {
    http("^\"Could not compile regular", "fail_if_body_matches_regexp: ['(']");
    http("^\"Could not compile CEL", "fail_if_body_json_matches_cel: '('");
    http("(?s)^parse \".*\": ", "proxy_url: 'http://a b'");
    http("^units: overflow", "body_size_limit: 9EiB");
    http("^units: invalid \\d{19}", "body_size_limit: 99999999999999999999B");
    http("^cannot unmarshal !!float `.nan` into int", "valid_status_codes: [.nan]");
    http("\\$\\{", "fail_if_ssl: '${NO}'");
    http("^environment variable \\w+ is not set", "method: '${NO}'");
    http("^a reference to an environment variable", "method: '${NO'");
    file(
        "^cannot unmarshal !!str `\\d+y` into time.Duration",
        "modules: {a: {prober: tcp, timeout: 293y}}");
    file("^\"ttl\" cannot", "modules: {a: {prober: icmp, icmp: {ttl: 256}}}");
    http(
        "must be set for HTTP header matchers",
        "fail_if_header_matches: [{header: '', regexp: x}]");
    http("^oauth2 \\w+ must be configured", "oauth2: {client_id: '', token_url: x}");
    file("^query name must be set for DNS", "modules: {a: {prober: dns, dns: {query_type: A}}}");
    http("^setting header", "http_headers: {Host: {values: [a]}}");
    http("^authorization type cannot be set", "authorization: {type: basic}");
  }

  private static void contradictions() {
    http("^at most one of", "basic_auth: {username: a, username_file: b}");
    http("^authorization is not compatible", "authorization: {}\nbearer_token: a");
    http("^exactly one of", "tls_config: {cert: a}");
    http("^if \\w+ is configured", "no_proxy: a");
    http("^setting body and body_file", "body: a\nbody_file: b");
    http("^invalid configuration", "compression: br\nheaders: {Accept-Encoding: gzip}");
    http("HTTP/3 ", "valid_http_versions: [HTTP/3.0]");
    http("^when enable_http3", "enable_http3: true");
    http(
        "^valid signature algorithms",
        "oauth2: {client_id: a, token_url: b, signature_algorithm: x, grant_type: '"
            + OAuth2Spec.JWT_BEARER
            + "'}");
    file(
        "^trace_context and a header",
        "modules: {a: {prober: grpc, trace_context: true, grpc: {metadata: {traceparent: [x]}}}}");
    http("^field proxy_\\w+_file not found", "proxy_url_file: a");
  }

  private static void dialogues() {
    file(
        "^expect and expect_bytes",
        ConfigFiles.moduleText("tcp", "query_response: [{expect: a, expect_bytes: b}]"));
  }

  private static void policy() {
    file("is no CIDR$", "target_policy: {deny: [{cidr: a}]}");
    file("^host takes names", "target_policy: {deny: [{host: 10.0.0.1}]}");
    file("^a name has no spaces", "target_policy: {deny: [{host: a b}]}");
    file("is no name$", "target_policy: {deny: [{host: 'a:1'}]}");
    file("is no port$", "target_policy: {deny: [{port: 9-8}]}");
    file("^a rule without", "target_policy: {deny: [{}]}");
    file("^unix sockets have no", "target_policy: {deny: [{scheme: unix, cidr: 10.0.0.1}]}");
    file("has no ports$", "target_policy: {deny: [{scheme: icmp, port: 1}]}");
  }

  private static void webServer() {
    web("^mapping key \".*\" already defined", "rate_limit: {burst: 1, burst: 2}");
    web("^cannot unmarshal !!str `\\d+y` into time.Duration", "rate_limit: {interval: 293y}");
    web("^missing one of", "tls_server_config: {cert: a}");
    web("^client CA's have been", WebConfigFiles.TLS + "  client_ca: a");
    web("^client_allowed_sans requires", WebConfigFiles.TLS + "  client_allowed_sans: [a]");
    web("^max_version is below", WebConfigFiles.TLS + "  min_version: TLS12\n  max_version: TLS11");
    web(
        "^no cipher suite is for",
        WebConfigFiles.TLS + "  max_version: TLS12\n  cipher_suites: [TLS_AES_128_GCM_SHA256]");
    web("^the value of header", "http_server_config: {headers: {X-XSS-Protection: \"a\\x01\"}}");
    web(
        "^not a bcrypt hash",
        "basic_auth_users: {a: $2y$99" + WebConfigFiles.HASH.substring(6) + "}");
  }
}
