package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Config;
import io.sonde.config.ModuleConfig;
import io.sonde.count.NameServerCounts;
import io.sonde.count.QueryOutcome;
import io.sonde.exposition.Format;
import io.sonde.history.History;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnMetricsTest {
  private static final String AWKWARD = "we\"b\\x\ny";

  private final Loops loops = Loops.start(1);
  private final ProbeStats stats = new ProbeStats(9, true, new TargetStats(9));
  private final NameServerCounts nameServers = new NameServerCounts();
  private final ModuleTable modules =
      ModuleTable.bind(
          new Config(Map.of(AWKWARD, ModuleConfig.empty(AWKWARD)), List.of()),
          module -> new BoundModule(module, run -> new CompletableFuture<>(), List.of()),
          ModuleTable.EMPTY);
  private final OwnMetrics metrics =
      new OwnMetrics(
          new MetricSources(
              stats,
              () -> modules,
              () -> ReloadStatus.NONE,
              new RequestStats(),
              new ConnectionStats(5),
              () -> 7,
              loops,
              LoopLag.measure(loops.all()),
              nameServers,
              new History(1, 1 << 20),
              () -> 8,
              Map.of("files", () -> 3)));

  @AfterEach
  void end() {
    loops.close();
  }

  @Test
  void bothFormatsCarryTheNamesThatDashboardsKnow() throws IOException {
    String text = text("text/plain");
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
            "# TYPE sonde_log_records_dropped_total counter",
            "sonde_log_records_dropped_total 7.0",
            "sonde_body_bytes 8.0",
            "sonde_blocking_work_waiting{kind=\"files\"} 3.0")) {
      assertTrue(text.contains(line + "\n"), line);
    }
    String openMetrics = text("application/openmetrics-text");
    assertTrue(openMetrics.contains("# TYPE blackbox_module_unknown counter\n"), openMetrics);
    assertTrue(openMetrics.endsWith("# EOF\n"));
  }

  @Test
  void aProbeIsSeenInEveryFamilyThatItBelongsTo() throws IOException {
    Verdict verdict = Verdict.PASSED;
    stats.admit();
    stats.ended(
        Objects.requireNonNull(modules.find(AWKWARD)).counts(),
        Ended.of(AWKWARD, "a\"b\\c\nd", verdict, Duration.ofMillis(30)));
    String module = "{module=\"we\\\"b\\\\x\\ny\",";
    String text = text("text/plain");
    for (String line :
        List.of(
            "sonde_probes_total" + module + "prober=\"none\",result=\"success\"} 1.0",
            "sonde_probe_duration_seconds_bucket" + module + "prober=\"none\",le=\"0.025\"} 0",
            "sonde_probe_duration_seconds_bucket" + module + "prober=\"none\",le=\"0.05\"} 1",
            "sonde_probe_duration_seconds_sum" + module + "prober=\"none\"} 0.03",
            "probe_all_success_sum" + module + "target=\"a\\\"b\\\\c\\nd\"} 1.0",
            "probe_all_success_count" + module + "target=\"a\\\"b\\\\c\\nd\"} 1",
            "probe_all_duration_seconds_count" + module + "target=\"a\\\"b\\\\c\\nd\"} 1",
            "sonde_metrics_targets 1.0")) {
      assertTrue(text.contains(line + "\n"), () -> line + " in " + text);
    }
  }

  @Test
  void nameServersAreToldApart() throws IOException {
    nameServers.of("192.0.2.1").add(QueryOutcome.TIMEOUT, 1);
    nameServers.of("192.0.2.2").add(QueryOutcome.ANSWERED, 2_000_000);
    String text = text("text/plain");
    assertEquals(
        List.of(
            "sonde_resolver_queries_total{outcome=\"answered\",server=\"192.0.2.2\"} 1.0",
            "sonde_resolver_queries_total{outcome=\"timeout\",server=\"192.0.2.1\"} 1.0"),
        text.lines()
            .filter(line -> line.startsWith("sonde_resolver_queries") && line.endsWith(" 1.0"))
            .sorted()
            .toList());
    assertTrue(
        text.contains("sonde_resolver_answer_duration_seconds_sum{server=\"192.0.2.2\"} 0.002\n"));
  }

  private String text(String accept) throws IOException {
    return new String(metrics.render(Format.negotiate(accept), false), StandardCharsets.UTF_8);
  }
}
