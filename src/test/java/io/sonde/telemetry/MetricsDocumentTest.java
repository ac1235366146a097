package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.count.NameServerCounts;
import io.sonde.history.History;
import io.sonde.probe.Loops;
import io.sonde.probe.Metric;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  /** Of the tables that tell the type of a metric. */
  private static final Pattern OWN_ROW =
      Pattern.compile("\\| `\\w+` \\| (counter|gauge|histogram|summary) \\| .*");

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
    List<String> documented = new ArrayList<>(rows("| `probe_"));
    documented.removeIf(row -> OWN_ROW.matcher(row).matches());
    assertEquals(expected, documented);
  }

  @Test
  void everyOwnMetricIsDocumentedAsItIs() throws IOException {
    try (Loops loops = Loops.start(1)) {
      List<String> expected = new ArrayList<>();
      for (Families.Family family : ownMetrics(loops).catalogue()) {
        List<String> labels = family.labels().stream().map(label -> "`" + label + "`").toList();
        expected.add(
            "| `"
                + family.name()
                + "` | "
                + family.type()
                + " | "
                + String.join(" ", labels)
                + " | "
                + family.help());
      }
      List<String> documented =
          Files.readAllLines(DOCUMENT).stream()
              .filter(line -> OWN_ROW.matcher(line).matches())
              .map(line -> line.substring(0, line.lastIndexOf(" | ")))
              .sorted()
              .toList();
      assertEquals(expected.stream().sorted().toList(), documented);
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

  private static OwnMetrics ownMetrics(Loops loops) {
    return new OwnMetrics(
            new MetricSources(
                new ProbeStats(1, true, new TargetStats(1)),
                () -> ModuleTable.EMPTY,
                () -> ReloadStatus.NONE,
                new RequestStats(),
                new ConnectionStats(5),
                () -> 0,
                loops,
                LoopLag.measure(loops.all()),
                new NameServerCounts(),
                new History(1, 1 << 20),
                () -> 0,
                Map.of()))
        .with(new WebStats())
        .with(new TraceStats());
  }

  private static List<String> rows(String start) throws IOException {
    return Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith(start)).toList();
  }
}
