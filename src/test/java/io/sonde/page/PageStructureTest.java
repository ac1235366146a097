package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Span;
import io.sonde.probe.TraceContext;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Results;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageStructureTest {
  private static int count(String page, String part) {
    return page.split(part, -1).length - 1;
  }

  @Test
  void everyPageHasOneHeadingAndItsLandmarks() throws Exception {
    PageRig rig = new PageRig();
    rig.history.add(Results.expired());
    for (Map.Entry<String, String> page : rig.all(Results.expired()).entrySet()) {
      String text = page.getValue();
      assertEquals(1, count(text, "<h1"), page.getKey());
      assertEquals(1, count(text, "<main "), page.getKey());
      assertEquals(1, count(text, "<header"), page.getKey());
      assertEquals(count(text, "<table"), count(text, "<caption"), page.getKey());
      assertTrue(text.contains("<html lang=\"en\">"), page.getKey());
      assertTrue(text.contains("<a class=\"skip\" href=\"#content\">"), page.getKey());
      assertTrue(text.contains(", a Blackbox Exporter</title>"), page.getKey());
    }
  }

  @Test
  void aFailedProbeSaysWhyAndWhatToCheck() throws Exception {
    PageRig rig = new PageRig();
    rig.history.add(Results.expired());
    String page = rig.probe(Results.expired());
    assertTrue(page.contains("Failed: a certificate has expired</h1>"), page);
    assertTrue(page.contains("<bdi>certificate expired 3 days ago</bdi>"), page);
    assertTrue(page.contains("Check next: </strong>renew it"), page);
    assertTrue(page.contains("expired 3 days ago"), page);
    assertTrue(page.contains("<span class=\"warn\">3 days</span>"), page);
    assertTrue(page.contains("CN=old\\x1b[31m.example"), page);
    assertTrue(page.contains("and did not end"), page);
    assertTrue(page.contains("href=\"../logs?id=0\""), page);
    assertTrue(
        page.contains("href=\"https://logs.example/?q=https%3A%2F%2Fold.example&amp;id=0\""));
    assertFalse(page.contains("traces.example"), "a link that has no trace to lead to");
  }

  @Test
  void aProbeLeadsToItsTrace() throws Exception {
    PageRig rig = new PageRig();
    ProbeResult plain = Results.expired();
    TraceContext trace =
        new TraceContext(
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", null, true, true, "");
    ProbeResult traced =
        new ProbeResult(
            plain.id(),
            plain.request().in(trace),
            plain.verdict(),
            false,
            plain.startedAt(),
            plain.startNanos(),
            plain.duration(),
            plain.spans(),
            plain.samples(),
            plain.facts(),
            plain.trail());
    rig.history.add(traced);
    assertTrue(
        rig.probe(traced)
            .contains("href=\"https://traces.example/0af7651916cd43dd8448eb211c80319c\""));
  }

  @Test
  void aPassedProbeShowsItsHops() throws Exception {
    PageRig rig = new PageRig("/bb/");
    rig.history.add(Results.passed());
    String page = rig.probe(Results.passed());
    assertTrue(page.contains("<h1 class=\"ok\">Passed</h1>"), page);
    assertEquals(2, count(page, "class=\"waterfall\""));
    assertTrue(page.contains("followed to /new"), page);
    assertTrue(page.contains("1,234 bytes"), page);
    assertTrue(page.contains("<rect class=\"phase-connect\" x=\"50\" y=\"2\" width=\"50\""), page);
    assertTrue(
        page.contains("curl --verbose --location --max-time 5 --url &#39;http://good"), page);
    assertTrue(page.contains("metrics_path: &#34;/bb/probe&#34;"), page);
    assertTrue(page.contains("replacement: &#34;sonde.example&#34;"), page);
  }

  @Test
  void theOverviewTellsAndFilters() throws Exception {
    PageRig rig = new PageRig();
    assertTrue(rig.overview("").contains("<h1 class=\"plain\">No probes yet</h1>"));
    rig.history.add(Results.expired());
    assertTrue(rig.overview("").contains("1 of 1 target fails"), rig.overview(""));
    assertTrue(rig.overview("").contains("<td><a href=\"logs?id=0\">Logs"), rig.overview(""));
    assertTrue(rig.overview("result=passed").contains("No target is like that"));
    assertTrue(rig.overview("target=OLD&module=web&result=failed").contains("1 of 1 target fails"));
    assertTrue(rig.overview("module=other").contains("None is kept that is like that."));
  }

  @Test
  void aThousandTargetsFitIntoTwoHundredKilobytes() throws Exception {
    PageRig rig = new PageRig();
    for (int i = 0; i < 1_000; i++) {
      rig.history.add(result(i, "https://service-%04d.shop.example.com/health".formatted(i)));
    }
    String page = rig.overview("");
    assertEquals(1_000, count(page, "<li><a href=\"targets"));
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 200_000, bytes + " bytes");
  }

  @Test
  void moreTargetsThanFitAreCounted() throws Exception {
    PageRig rig = new PageRig();
    for (int i = 0; i < 1_000; i++) {
      rig.history.add(result(i, "https://a.example/%04d/".formatted(i) + "x".repeat(300)));
    }
    String page = rig.overview("");
    assertTrue(page.contains(" more: narrow the filter to see them"), page.substring(0, 5_000));
    assertTrue(page.length() < 230_000, page.length() + " characters");
  }

  private static ProbeResult result(long id, String target) {
    ModuleConfig module = ModuleConfig.of("http_2xx", Duration.ZERO, HttpSpec.DEFAULT);
    boolean failed = id % 50 == 0;
    return new ProbeResult(
        id,
        new ProbeRequest(module, target, null, Duration.ofSeconds(5)),
        failed
            ? Verdict.failed(Phase.CONNECT, Reason.REFUSED, "192.0.2.1:443: connection refused")
            : Verdict.PASSED,
        false,
        Results.START,
        0,
        Duration.ofMillis(id % 100),
        List.of(new Span(Phase.CONNECT, 0, 0, id * 1_000, !failed)),
        List.of(),
        List.of(),
        List.of());
  }
}
