package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.ParrotPeer;
import io.sonde.testkit.SondeProcess;
import io.sonde.testkit.TraceReceiver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets stand wherever one can be configured or sent, and the peers repeat all they are told.
 * None of it may be seen, neither in the log nor on any page, in whatever form. Each secret
 * contains one word, which is what is looked for.
 */
class PlantedSecretsTest {
  private static final String WORD = "PLANTED";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{10,}");

  private static final String MODULES =
      """
      modules:
        basic:
          prober: http
          http:
            headers: {X-Api-Key: PLANTED-key, Cookie: "sid=PLANTED-cookie; lang=en"}
            basic_auth: {username: joe, password: 'PLANTED "basic"/é+%'}
            http_headers:
              X-Vault: {secrets: [PLANTED-vault], files: [secret.txt]}
              X-My-Token: {values: [PLANTED-value]}
            fail_if_header_matches: [{header: X-Echo, regexp: nothing, allow_missing: true}]
        basic_file: {prober: http, http: {basic_auth: {username: joe, password_file: secret.txt}}}
        bearer: {prober: http, http: {authorization: {credentials: PLANTED-bearer}}}
        old_bearer: {prober: http, http: {bearer_token: PLANTED-old-bearer}}
        oauth2:
          prober: http
          http:
            oauth2:
              client_id: me
              client_secret: PLANTED-client-secret
              token_url: http://joe:PLANTED-token-url@PEER/token?api_key=PLANTED-in-query
              endpoint_params: {password: PLANTED-parameter}
        jwt:
          prober: http
          http:
            oauth2:
              grant_type: urn:ietf:params:oauth:grant-type:jwt-bearer
              client_id: me
              client_certificate_key: PLANTED-certificate-key
              token_url: http://PEER/token
        proxy:
          prober: http
          http:
            proxy_url: http://joe:PLANTED-proxy@PEER
            proxy_connect_header: {X-Pass: [PLANTED-connect-header]}
            tls_config: {insecure_skip_verify: true}
        environment: {prober: http, http: {proxy_from_environment: true}}
        key: {prober: http, http: {tls_config: {cert: none, key: PLANTED-pem}}}
        key_password:
          prober: tcp
          tcp: {tls: true, tls_config: {cert_file: secret.txt, key_file: secret.txt, key_password: PLANTED-p}}
        tcp:
          prober: tcp
          tcp: {query_response: [{send: hello}, {expect: '^(\\S+) \\S+ (.*)$', labels: [{name: a, value: $1}]}, {expect: never}]}
        tcp_tls: {prober: tcp, tcp: {tls: true}}
        grpc: {prober: grpc, grpc: {metadata: {x-api-key: [PLANTED-metadata], a-token-bin: [PLANTED-bin]}}}
        websocket:
          prober: websocket
          websocket:
            headers: {X-Token: {values: [PLANTED-ws-header]}}
            http_config: {authorization: {credentials: PLANTED-ws-bearer}}
        dns: {prober: dns, timeout: 1s, dns: {query_name: example.com, transport_protocol: tcp}}
        icmp: {prober: icmp, timeout: 1s}
        unix: {prober: unix, unix: {}}
      """;

  @TempDir private Path folder;

  /** Repeats all it is told: in the status line, in headers, in a redirect and in the body. */
  private static String repeated(String told) {
    List<String> lines = Arrays.asList(told.split("[\r\n\0]+"));
    Collections.reverse(lines);
    String line = String.join(" ", lines);
    boolean first = told.startsWith("GET /first") || told.startsWith("GET http://");
    return "HTTP/1.1 "
        + (first ? "302 " : "407 ")
        + line
        + "\r\nX-Echo: "
        + line
        + "\r\nLocation: "
        + (told.startsWith("GET ") ? "http://joe:PLANTED@127.0.0.1:1/?access_token=PLANTED&a=" : "")
        + line.replace(' ', '+')
        + "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
        + "{\"error\": \"no\", \"error_description\": \""
        + line.replace("\"", "'")
        + "\"}";
  }

  private static Map<String, String> targets(String peer) {
    Map<String, String> targets = new LinkedHashMap<>();
    String query = "?token=PLANTED-a&key=PLANTED-b&sig=PLANTED-c&password=PLANTED-d&page=2";
    targets.put("basic", "http://" + peer + "/first" + query);
    targets.put("basic_file", "http://" + peer + "/");
    targets.put("bearer", "http://joe:PLANTED-target@" + peer + "/first");
    targets.put("old_bearer", peer + "/first");
    targets.put("oauth2", "http://PLANTED-as-user@" + peer + "/");
    targets.put("jwt", "http://PLANTED-as-user:x-oauth-basic@" + peer + "/");
    targets.put("proxy", "https://joe:PLANTED-target@" + peer + "/first" + query);
    targets.put("environment", "http://192.0.2.1/first" + query);
    targets.put("key", "https://" + peer + "/" + query);
    targets.put("key_password", peer);
    targets.put("tcp", peer);
    targets.put("tcp_tls", peer);
    targets.put("grpc", peer);
    targets.put("websocket", "ws://" + peer + "/" + query);
    targets.put("dns", "joe:PLANTED-target@" + peer);
    targets.put("icmp", "joe:PLANTED-target@127.0.0.1");
    targets.put("unix", "http://joe:PLANTED/target@nowhere");
    return targets;
  }

  @Test
  void nothingIsSeenInLogfmtNorOnPages() throws Exception {
    String log = probesAll("--log.format=logfmt");
    int failed = log.split("msg=\"Probe failed\"", -1).length - 1;
    assertEquals(targets("").size(), failed, log);
    for (String line : log.lines().filter(line -> line.contains("Probe failed")).toList()) {
      assertTrue(
          line.matches(
              ".* module=\\S+ target=.* phase=[a-z]+ reason=[a-z_]+ err=.*"
                  + " duration_seconds=[0-9.e-]+ probe_id=\\d+ trace_id=\\w{32} span_id=\\w{16}"),
          line);
    }
  }

  @Test
  void nothingIsSeenInJsonOfEveryStep() throws Exception {
    String log = probesAll("--log.format=json", "--log.prober=debug");
    assertTrue(log.contains("\"msg\":\"Making HTTP request\""), log);
    assertTrue(
        log.contains(
            "does not accept the credentials: 407 X-Pass: <secret> Proxy-Authorization: Basic <secret>"),
        log);
    assertTrue(log.contains("fetching a token: the answer is status 407, error no: "), log);
  }

  private String probesAll(String... flags) throws Exception {
    try (ParrotPeer peer = ParrotPeer.answering(PlantedSecretsTest::repeated);
        TraceReceiver receiver = TraceReceiver.start()) {
      Path file = folder.resolve("modules.yml");
      Files.writeString(file, MODULES.replace("PEER", peer.address()));
      Files.writeString(folder.resolve("secret.txt"), "PLANTED-in-file\n");
      Map<String, String> environment =
          Map.of(
              "HTTP_PROXY",
              "http://joe:PLANTED-environment@" + peer.address(),
              "NO_PROXY",
              "",
              "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
              receiver.url().replace("://", "://joe:PLANTED-otlp@") + "/?token=PLANTED-otlp",
              "OTEL_EXPORTER_OTLP_HEADERS",
              "authorization=Bearer PLANTED-otlp");
      String[] all = Arrays.copyOf(flags, flags.length + 1);
      all[flags.length] = "--config.file=" + file;
      try (SondeProcess sonde = SondeProcess.start(folder, environment, all)) {
        long id = 0;
        for (Map.Entry<String, String> probe : targets(peer.address()).entrySet()) {
          String query =
              "module=" + probe.getKey() + "&target=" + encoded(encoded(probe.getValue()));
          String page = sonde.get("/probe?debug=true&" + query);
          assertTrue(page.contains("\nprobe_success 0\n"), page);
          assertHidden(probe.getKey(), page);
          assertHidden(probe.getKey(), sonde.get("/logs?id=" + id));
          assertHidden(probe.getKey(), sonde.get("/probes/" + id++));
          assertHidden(probe.getKey(), sonde.get("/modules?module=" + probe.getKey()));
          assertHidden(probe.getKey(), sonde.get(targetPage(probe.getKey(), sonde.get("/"))));
        }
        for (String path :
            new String[] {"/", "/config", "/metrics", "/modules", "/status", "/try"}) {
          assertHidden(path, sonde.get(path));
        }
        for (String list : new String[] {"probes", "targets", "modules", "status"}) {
          assertHidden(list, sonde.get("/api/v1/" + list));
        }
        for (int kept = 0; kept < id; kept++) {
          assertHidden("a probe of the API", sonde.get("/api/v1/probes/" + kept));
        }
        sonde.terminate();
        assertHidden("log", sonde.log());
        assertHidden("spans", receiver.text());
        assertTrue(receiver.text().contains("<secret>"), receiver.text());
        return sonde.log();
      }
    }
  }

  /** Where the overview leads for the target of a module. */
  private static String targetPage(String module, String overview) {
    Matcher link =
        Pattern.compile("href=\"(targets\\?module=" + module + "&amp;[^\"]*)\"").matcher(overview);
    assertTrue(link.find(), overview);
    return "/" + link.group(1).replace("&amp;", "&");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void assertHidden(String where, String text) {
    for (String line : text.split("\n")) {
      assertFalse(line.contains(WORD), () -> where + ": " + line);
      Matcher candidate = BASE64.matcher(line);
      while (candidate.find()) {
        for (int from = 0; from < 4; from++) {
          String piece = candidate.group().substring(from);
          assertFalse(decoded(piece).contains(WORD), () -> where + ", in Base64: " + line);
        }
      }
    }
  }

  private static String decoded(String base64) {
    String whole = base64.substring(0, base64.length() / 4 * 4);
    byte[] bytes =
        whole.indexOf('-') >= 0 || whole.indexOf('_') >= 0
            ? Base64.getUrlDecoder().decode(whole.replace('+', '-').replace('/', '_'))
            : Base64.getDecoder().decode(whole);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
