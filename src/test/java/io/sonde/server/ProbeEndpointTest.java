package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Config;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.ProbeRun;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeEndpointTest {
  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds: ";

  private ServerRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new ServerRig(Limits.DEFAULT, 2, "", "");
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @Test
  void aPassedProbeAnswersWithItsMetrics() throws Exception {
    Client.Answer answer = rig.get("/probe?target=pass", TIMEOUT + "10");
    assertEquals(200, answer.status());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
        answer.header("content-type"));
    assertTrue(answer.header("date").endsWith(" GMT"));
    assertTrue(answer.body().contains("\nprobe_success 1\n"), answer.body());
    assertTrue(answer.body().contains("\nprobe_timeout_seconds 9.5\n"), answer.body());
    assertFalse(answer.body().contains("probe_failure_info"));
  }

  @Test
  void aFailedProbeIsAnAnswerTooAndSaysWhy() throws Exception {
    Client.Answer answer = rig.get("/probe?target=fail");
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("\nprobe_success 0\n"));
    assertTrue(
        answer.body().contains("probe_failure_info{phase=\"connect\",reason=\"refused\"} 1\n"));
  }

  @Test
  void anUnknownModuleIsNamedAsGoQuotesIt() throws Exception {
    Client.Answer answer = rig.get("/probe?module=no%22such%0A&target=pass");
    assertError(400, "Unknown module \"no\\\"such\\n\"", answer);
    assertTrue(rig.get("/metrics").body().contains("\nblackbox_module_unknown_total 1.0\n"));
  }

  @Test
  void aModuleThatMayBeInAFileThatDidNotLoadIsToldSo() {
    assertEquals("", ProbeStarter.absent(ModuleTable.EMPTY));
    Config config = new Config(Map.of(), List.of(), List.of(), List.of("a.yml", "b.yml"));
    ModuleTable table =
        ModuleTable.bind(
            config,
            module -> {
              throw new AssertionError(module);
            },
            ModuleTable.EMPTY);
    assertEquals(
        "\nModules are missing, as these files did not load: a.yml, b.yml",
        ProbeStarter.absent(table));
  }

  @Test
  void theModuleIsCheckedBeforeTheHeaderAndTheHeaderBeforeTheTarget() throws Exception {
    assertError(400, "Unknown module \"x\"", rig.get("/probe?module=x", TIMEOUT + "y"));
    assertError(
        500,
        "Failed to parse timeout from Prometheus header: strconv.ParseFloat: parsing \"y\": invalid"
            + " syntax",
        rig.get("/probe", TIMEOUT + "y"));
    assertError(400, "Target parameter is missing", rig.get("/probe"));
    assertError(400, "Target parameter is missing", rig.get("/probe?target="));
    assertError(400, "Target parameter is missing", rig.get("/probe?target=%zz"));
    assertError(400, "Target parameter is missing", rig.get("/probe?target=a;b"));
  }

  @Test
  void aNumberOutOfRangeIsNoTimeout() throws Exception {
    assertError(
        500,
        "Failed to parse timeout from Prometheus header: strconv.ParseFloat: parsing \"1e400\":"
            + " value out of range",
        rig.get("/probe?target=pass", TIMEOUT + "1e400"));
  }

  @Test
  void theFirstOfRepeatedParametersCounts() throws Exception {
    assertEquals(200, rig.get("/probe?target=pass&target=fail&module=http_2xx&module=x").status());
    assertTrue(rig.get("/probe?target=%&target=pass").body().contains("probe_success 1"));
  }

  @Test
  void theTargetIsDecodedTwice() throws Exception {
    rig.get("/probe?target=pass%252Fa%2Bb%25zz");
    assertEquals("pass%2Fa+b%zz", rig.history.newestFirst().get(0).request().target());
    rig.get("/probe?target=pass%252Fa%2Bb");
    assertEquals("pass/a b", rig.history.newestFirst().get(0).request().target());
  }

  @Test
  void aHostnameThatContradictsTheModuleIsRefused() throws Exception {
    assertError(
        400,
        "host header defined both in module configuration (configured.example) and with"
            + " URL-parameter 'hostname' (other.example)",
        rig.get("/probe?module=with_host&target=pass&hostname=other.example"));
    assertEquals(
        200, rig.get("/probe?module=with_host&target=pass&hostname=configured.example").status());
  }

  @Test
  void prometheusGetsOpenMetricsInGzip() throws Exception {
    Client.Answer answer =
        rig.get(
            "/probe?target=pass",
            "Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
            "Accept-Encoding: gzip");
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8",
        answer.header("content-type"));
    assertEquals("gzip", answer.header("content-encoding"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.endsWith("probe_timeout_seconds 119.5\n# EOF\n"), text);
    }
  }

  @Test
  void headRunsTheProbeAndSendsNoBody() throws Exception {
    try (Client client = rig.connect()) {
      client.send("HEAD", "/probe?target=pass");
      Client.Answer answer = client.answer(false);
      assertEquals(200, answer.status());
      assertTrue(Integer.parseInt(answer.header("content-length")) > 100);
      client.send("GET", "/-/healthy");
      assertEquals("Healthy", client.answer().body());
    }
    assertEquals(1, rig.history.newestFirst().size());
  }

  @Test
  void debugShowsTrailMetricsAndModule() throws Exception {
    Client.Answer answer =
        rig.get("/probe?target=fail&debug=true&hostname=h.example", "Accept-Encoding: gzip");
    assertEquals("text/plain", answer.header("content-type"));
    assertEquals("", answer.header("content-encoding"));
    String page = answer.body();
    assertTrue(page.startsWith("Logs for the probe:\ntime="), page);
    assertTrue(
        page.contains(
            " level=INFO source=probe msg=\"Received redirect\" module=http_2xx target=fail"
                + " location=\"/x y\"\n"),
        page);
    assertTrue(
        page.contains("\n\n\nMetrics that would have been returned:\n# HELP probe_duration"), page);
    int module = page.indexOf("\n\n\nModule configuration:\n");
    assertTrue(module > 0 && page.indexOf("h.example", module) > 0, page);
    assertEquals(page, rig.get("/logs?id=0").body());
  }

  @Test
  void thePasswordOfATargetIsOnNoPage() throws Exception {
    String target = "fail://joe:hunter2@host/?a=b";
    String encoded = URLEncoder.encode(target, StandardCharsets.UTF_8);
    String page = rig.get("/probe?debug=true&target=" + encoded).body();
    assertTrue(page.contains("target=\"fail://joe:<secret>@host/?a=b\""), page);
    assertEquals(page, rig.get("/logs?target=" + encoded).body());
    String landing = rig.get("/").body();
    assertTrue(landing.contains("fail://joe:&lt;secret&gt;@host/?a=b"), landing);
    assertFalse((page + landing).contains("hunter2"), page + landing);
  }

  @Test
  void onlyTheWordTrueAsksForDebug() throws Exception {
    assertTrue(rig.get("/probe?target=pass&debug=1").body().startsWith("# HELP"));
  }

  @Test
  void whoeverComesBeyondTheLimitIsToldAndCounted() throws Exception {
    try (Client first = rig.connect();
        Client second = rig.connect()) {
      first.send("GET", "/probe?target=wait1");
      second.send("GET", "/probe?target=wait2");
      rig.awaitRun();
      rig.awaitRun();
      assertError(
          503,
          "Too many probes: 2 are under way, which is the limit (--probe.max-in-flight)",
          rig.get("/probe?target=pass"));
      String metrics = rig.get("/metrics").body();
      assertTrue(metrics.contains("\nsonde_probes_rejected_total 1.0\n"), metrics);
      assertTrue(metrics.contains("\nsonde_probes_in_flight 2.0\n"), metrics);
      rig.release();
      assertEquals(200, first.answer().status());
      assertEquals(200, rig.get("/probe?target=pass").status());
      rig.release();
      assertEquals(200, second.answer().status());
    }
  }

  @Test
  void aCallerWhoLeavesEndsTheProbeAndIsCounted() throws Exception {
    ProbeRun run;
    try (Client client = rig.connect()) {
      client.send("GET", "/probe?target=wait");
      run = rig.awaitRun();
    }
    rig.awaitEnd(run);
    assertEquals(0, rig.stats.inFlight());
    assertTrue(
        rig.get("/metrics")
            .body()
            .contains("sonde_probes_abandoned_total{module=\"http_2xx\",prober=\"http\"} 1.0\n"));
    assertEquals(0, rig.history.newestFirst().size());
  }

  @Test
  void aCallerWhoEndsItsHalfHasLeft() throws Exception {
    try (Client client = rig.connect()) {
      client.send("GET", "/probe?target=wait");
      ProbeRun run = rig.awaitRun();
      client.endOutput();
      rig.awaitEnd(run);
      assertTrue(client.ended());
    }
  }

  @Test
  void stoppingWaitsForRunningProbesAndEndsTheRest() throws Exception {
    try (Client idle = rig.connect();
        Client patient = rig.connect()) {
      idle.send("GET", "/-/ready");
      assertEquals("Ready", idle.answer().body());
      patient.send("GET", "/probe?target=wait");
      rig.awaitRun();
      Thread stopper =
          new Thread(() -> rig.server.stop(Duration.ofSeconds(30), rig.stats::inFlight));
      stopper.start();
      assertTrue(idle.ended(), "idle connections are closed at once");
      rig.release();
      Client.Answer answer = patient.answer();
      assertEquals(200, answer.status());
      assertEquals("close", answer.header("connection"));
      stopper.join();
    }
  }

  private static void assertError(int status, String message, Client.Answer answer) {
    assertEquals(message + "\n", answer.body());
    assertEquals(status, answer.status());
    assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
    assertEquals("nosniff", answer.header("x-content-type-options"));
  }
}
