package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.sonde.exposition.Format;
import io.sonde.probe.Loops;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  @Test
  void everyProbeMetricIsDocumentedAsItIs() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      List<String> labels = metric.labelNames().stream().map(label -> "`" + label + "`").toList();
      expected.add(
          "| `"
              + metric.metricName()
              + "` | "
              + String.join(" ", labels)
              + " | "
              + metric.help()
              + " |");
    }
    assertEquals(expected, rows("| `probe_"));
  }

  @Test
  void everyOwnMetricIsDocumentedAsItIs() throws IOException {
    try (Loops loops = Loops.start(1)) {
      OwnMetrics metrics = ownMetrics(loops);
      List<String> expected = new ArrayList<>();
      for (MetricSnapshot snapshot : metrics.registry().scrape()) {
        String name = snapshot.getMetadata().getPrometheusName();
        if (name.startsWith("sonde_") || name.startsWith("blackbox_")) {
          expected.add(row(name, snapshot));
        }
      }
      List<String> documented = new ArrayList<>(rows("| `blackbox_"));
      documented.addAll(rows("| `sonde_"));
      assertEquals(expected, documented);
    }
  }

  @Test
  void everyPhaseAndReasonIsDocumented() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (Phase phase : Phase.values()) {
      assertTrue(text.contains("| `" + phase.label() + "` |"), phase.label());
    }
    for (Reason reason : Reason.values()) {
      assertTrue(text.contains("| `" + reason.label() + "` |"), reason.label());
    }
  }

  @Test
  void bothFormatsCarryTheNamesThatDashboardsKnow() throws IOException {
    try (Loops loops = Loops.start(1)) {
      OwnMetrics metrics = ownMetrics(loops);
      String text = new String(metrics.render(Format.TEXT), StandardCharsets.UTF_8);
      for (String line :
          List.of(
              "# TYPE blackbox_exporter_build_info gauge",
              "# TYPE blackbox_exporter_config_last_reload_successful gauge",
              "# TYPE blackbox_module_unknown_total counter",
              "# TYPE process_cpu_seconds_total counter",
              "# TYPE process_open_fds gauge",
              "# TYPE process_resident_memory_bytes gauge",
              "# TYPE jvm_threads_current gauge",
              "# TYPE sonde_event_loop_lag_seconds histogram",
              "# TYPE sonde_log_records_dropped_total counter")) {
        assertTrue(text.contains(line + "\n"), line);
      }
      String openMetrics =
          new String(
              metrics.render(Format.negotiate("application/openmetrics-text")),
              StandardCharsets.UTF_8);
      assertTrue(openMetrics.contains("# TYPE blackbox_module_unknown counter\n"), openMetrics);
      assertTrue(openMetrics.endsWith("# EOF\n"));
    }
  }

  private static OwnMetrics ownMetrics(Loops loops) {
    return new OwnMetrics(
        new ProbeStats(1),
        () -> new ReloadStatus(true, 1, 2, Map.of("a.yml", true)),
        () -> 0,
        loops);
  }

  private static String row(String name, MetricSnapshot snapshot) {
    String type = "gauge";
    String suffix = "";
    if (snapshot instanceof CounterSnapshot) {
      type = "counter";
      suffix = "_total";
    } else if (snapshot instanceof HistogramSnapshot) {
      type = "histogram";
    } else if (snapshot instanceof InfoSnapshot) {
      suffix = "_info";
    }
    return "| `" + name + suffix + "` | " + type + " | " + snapshot.getMetadata().getHelp() + " |";
  }

  private static List<String> rows(String start) throws IOException {
    return Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith(start)).toList();
  }
}
