package io.sonde;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.exposition.GoQuote;
import io.sonde.testkit.HostilePeers;
import io.sonde.testkit.ParrotPeer;
import io.sonde.testkit.SondeProcess;
import io.sonde.testkit.TlsServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever targets, callers and peers write: a record stays one line, and all it does is stand
 * there.
 */
class HostileTextTest {
  private static final String JSON_STRING =
      "\"(?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\nrt]|\\\\u[0-9a-f]{4})*+\"";
  private static final String JSON_FIELD =
      JSON_STRING + ":(?:" + JSON_STRING + "|-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?|true|false)";
  private static final Pattern JSON =
      Pattern.compile("\\{" + JSON_FIELD + "(?:," + JSON_FIELD + ")*+\\}");
  private static final String WORD = "(?:[^ \"=]+|\"(?:[^\"\\\\]|\\\\.)*+\")";
  private static final Pattern LOGFMT =
      Pattern.compile(WORD + "=" + WORD + "(?: " + WORD + "=" + WORD + ")*+");

  private static final String MODULES =
      """
      modules:
        http: {prober: http, http: {fail_if_header_matches: [{header: X-Evil, regexp: .}]}}
        unfollowed: {prober: http, http: {follow_redirects: false, valid_status_codes: [200]}}
        tcp: {prober: tcp, timeout: 1s, tcp: {query_response: [{expect: ^220}, {expect: never}]}}
        tls: {prober: tcp, tcp: {tls: true}}
        dns:
          prober: dns
          dns:
            query_name: example.com
            query_type: TXT
            transport_protocol: tcp
            validate_answer_rrs: {fail_if_not_matches_regexp: [never]}
        grpc: {prober: grpc, grpc: {}}
        websocket: {prober: websocket}
        unix: {prober: unix}
        icmp: {prober: icmp}
      """;

  @TempDir private Path folder;

  @Test
  void aRecordOfLogfmtStaysOneLine() throws Exception {
    afterProbes(LOGFMT, "--log.format=logfmt", "--log.prober=debug", "--log.level=debug");
  }

  @Test
  void aRecordOfJsonStaysJson() throws Exception {
    afterProbes(JSON, "--log.format=json", "--log.prober=debug", "--log.level=debug");
  }

  private void afterProbes(Pattern form, String... flags) throws Exception {
    Path file = Files.writeString(folder.resolve("modules.yml"), MODULES);
    try (SondeProcess sonde =
            SondeProcess.start(
                folder, Map.of(), flags[0], flags[1], flags[2], "--config.file=" + file);
        ParrotPeer http = HostilePeers.http();
        ParrotPeer banner = HostilePeers.banner();
        ParrotPeer dns = HostilePeers.dns();
        ParrotPeer grpc = HostilePeers.grpc();
        TlsServer tls = HostilePeers.certificate()) {
      Map<String, String> targets = new LinkedHashMap<>();
      targets.put("http", "http://" + http.address() + "/" + HostilePeers.LINES);
      targets.put("unfollowed", http.address());
      targets.put("tcp", banner.address());
      targets.put("tls", tls.address());
      targets.put("dns", dns.address());
      targets.put("grpc", grpc.address());
      targets.put("websocket", "ws://" + http.address() + "/");
      targets.put("unix", HostilePeers.LINES);
      targets.put("icmp", HostilePeers.LINES + "x".repeat(3_000));
      for (Map.Entry<String, String> probe : targets.entrySet()) {
        String page = sonde.get(path(probe.getKey(), probe.getValue()) + "&debug=true");
        assertRecords(form, between(page, "Logs for the probe:\n", "\n\n\n"));
      }
      sonde.get(path(HostilePeers.LINES, "target"));
      sonde.get(path("http", "target") + "&hostname=" + encoded(HostilePeers.LINES));
      for (String page :
          new String[] {"/", "/modules", "/status", "/try", "/probes/0", "/probes/3"}) {
        assertInert(sonde.get(page).replace("\n", ""));
      }
      sonde.terminate();
      assertRecords(form, sonde.log());
    }
  }

  private static void assertRecords(Pattern form, String records) {
    for (String record : records.split("\n")) {
      assertTrue(form.matcher(record).matches(), record);
      assertInert(record);
      assertTrue(record.length() < 10_000, record);
    }
  }

  private static void assertInert(String text) {
    assertTrue(text.codePoints().allMatch(GoQuote::isPrintable), text);
    assertFalse(text.startsWith("time=2026-01-01T00:00:00.000Z"), text);
    assertFalse(text.startsWith("{\"msg\""), text);
  }

  private static String path(String module, String target) {
    return "/probe?module=" + encoded(module) + "&target=" + encoded(encoded(target));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }
}
