package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.ProbeRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the daemon tells on {@code /metrics} about what it was asked. */
class RequestCountsTest {
  @Test
  void everyAnswerIsCountedByRouteMethodAndStatus() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      rig.get("/probe?target=pass");
      rig.get("/probe?target=pass&module=nope");
      rig.get("/x/.././metrics");
      rig.send("BREW", "/coffee");
      rig.send("HEAD", "/-/healthy");
      rig.get("/");
      assertLines(
          rig,
          "sonde_http_requests_total{code=\"200\",method=\"GET\",route=\"probe\"} 1.0",
          "sonde_http_requests_total{code=\"400\",method=\"GET\",route=\"probe\"} 1.0",
          "sonde_http_requests_total{code=\"301\",method=\"GET\",route=\"other\"} 1.0",
          "sonde_http_requests_total{code=\"404\",method=\"other\",route=\"other\"} 1.0",
          "sonde_http_requests_total{code=\"200\",method=\"HEAD\",route=\"healthy\"} 1.0",
          "sonde_http_requests_total{code=\"200\",method=\"GET\",route=\"landing\"} 1.0",
          "sonde_http_request_duration_seconds_count{route=\"probe\"} 2",
          "sonde_http_requests_in_flight 1.0");
    }
  }

  @Test
  void aCallerThatLeavesIsCountedOnce() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      ProbeRun run;
      try (Client client = rig.connect()) {
        client.send("GET", "/probe?target=wait");
        run = rig.awaitRun();
      }
      rig.awaitEnd(run);
      assertLines(
          rig,
          "sonde_http_requests_total{code=\"499\",method=\"GET\",route=\"probe\"} 1.0",
          "sonde_probes_abandoned_total{module=\"http_2xx\",prober=\"http\"} 1.0",
          "sonde_probes_total{module=\"http_2xx\",prober=\"http\",result=\"failure\"} 0.0",
          "sonde_http_requests_in_flight 1.0");
    }
  }

  @Test
  void whoIsTurnedAwayIsCountedByReason() throws Exception {
    try (ServerRig rig = new ServerRig(ServerRig.QUICK, 100, "", "")) {
      assertEquals(414, rig.get("/" + "x".repeat(2_000)).status());
      assertEquals(431, rig.get("/", "X: " + "x".repeat(4_000)).status());
      String head = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 5000\r\n\r\n";
      assertEquals(413, statusOf(rig, head + "x".repeat(5_000)));
      assertEquals(400, statusOf(rig, "NONSENSE\r\n\r\n"));
      assertEquals(408, statusOf(rig, "GET / HTT"));
      assertLines(
          rig,
          "sonde_http_refusals_total{reason=\"body_too_large\"} 1.0",
          "sonde_http_refusals_total{reason=\"headers_too_large\"} 1.0",
          "sonde_http_refusals_total{reason=\"line_too_long\"} 1.0",
          "sonde_http_refusals_total{reason=\"malformed\"} 1.0",
          "sonde_http_refusals_total{reason=\"too_slow\"} 1.0");
    }
  }

  @Test
  void probesAreCountedByModuleAndFailuresByReason() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      rig.get("/probe?target=pass");
      rig.get("/probe?target=fail");
      rig.get("/probe?target=fail");
      rig.get("/probe?target=pass&module=unheard_of");
      assertLines(
          rig,
          "sonde_probes_total{module=\"http_2xx\",prober=\"http\",result=\"success\"} 1.0",
          "sonde_probes_total{module=\"http_2xx\",prober=\"http\",result=\"failure\"} 2.0",
          "sonde_probe_duration_seconds_count{module=\"http_2xx\",prober=\"http\"} 3",
          "sonde_probe_failures_total{module=\"http_2xx\",phase=\"connect\",reason=\"refused\"} 2.0",
          "blackbox_module_unknown_total 1.0");
      assertFalse(rig.get("/metrics").body().contains("unheard_of"));
    }
  }

  @Test
  void aReloadTakesNothingFromTheCounts() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      rig.get("/probe?target=pass");
      Files.writeString(
          rig.configFile, "modules:\n  http_2xx:\n    prober: http\n    timeout: 3s\n");
      assertEquals(200, rig.send("POST", "/-/reload").status());
      rig.get("/probe?target=pass");
      assertLines(
          rig, "sonde_probes_total{module=\"http_2xx\",prober=\"http\",result=\"success\"} 2.0");
    }
  }

  @Test
  void metricsAreCompressedForWhoAsks() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      Client.Answer answer = rig.get("/metrics", "Accept-Encoding: gzip");
      assertEquals("gzip", answer.header("content-encoding"));
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("# TYPE sonde_probes_total counter\n"), text);
      }
    }
  }

  private static int statusOf(ServerRig rig, String sent) throws Exception {
    try (Client client = rig.connect()) {
      client.raw(sent);
      return client.answer().status();
    }
  }

  private static void assertLines(ServerRig rig, String... lines) throws Exception {
    List<String> told = rig.get("/metrics").body().lines().toList();
    for (String line : lines) {
      String name = line.split("[{ ]")[0];
      assertTrue(
          told.contains(line),
          () -> line + " in " + told.stream().filter(l -> l.startsWith(name)).toList());
    }
  }
}
