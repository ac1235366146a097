package io.sonde.e2e;

import io.sonde.rig.Exporter;
import io.sonde.rig.Prometheus;
import io.sonde.rig.Tally;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A real Prometheus probes through Sonde and through the reference, and must say the same. */
final class PrometheusChecks {
  private final Tally tally;
  private final Stage stage;
  private final Exporter reference;
  private final Exporter sonde;
  private Prometheus prometheus;

  PrometheusChecks(Tally tally, Stage stage, Exporter reference, Exporter sonde) {
    this.tally = tally;
    this.stage = stage;
    this.reference = reference;
    this.sonde = sonde;
  }

  void run(Path program, Path settings) throws IOException, InterruptedException {
    try (Tap tap = Tap.before(sonde.port());
        Prometheus started = start(program, settings, tap.port())) {
      prometheus = started;
      // The whole of every job has been scraped once the slowest metric of each is there.
      await("count(probe_success)", 12);
      await("count(probe_ssl_earliest_cert_expiry{job=~\"https|tcp\"})", 3);
      arrivals();
      formats(tap);
      tally.claim(
          "prometheus: no target of any job has a scrape error",
          () ->
              Tally.isTrue(
                  !prometheus.targets().matches("(?s).*\"lastError\":\"[^\"].*"),
                  prometheus.targets()));
    }
  }

  private Prometheus start(Path program, Path settings, int sondePort)
      throws IOException, InterruptedException {
    Map<String, String> values = new HashMap<>(stage.values());
    values.put("sonde", Integer.toString(sondePort));
    values.put("reference", Integer.toString(reference.port()));
    Path filled = stage.folder().resolve("prometheus.yml");
    Template.write(settings, filled, values);
    return Prometheus.start(program, filled, stage.folder());
  }

  private void arrivals() {
    String http = "http://127.0.0.1:" + stage.port("http");
    String https = "https://127.0.0.1:" + stage.port("https") + "/";
    arrives("probe_success{job=\"http\"}", http + "/ok", "1");
    arrives("probe_success{job=\"http\"}", http + "/auth", "0");
    arrives("probe_http_status_code{job=\"http\"}", http + "/ok", "200");
    arrives("probe_http_status_code{job=\"http\"}", http + "/auth", "401");
    arrives("probe_success{job=\"https\"}", https, "1");
    arrives("probe_success{job=\"tcp\"}", "localhost:" + stage.port("https"), "1");
    arrives("up{job=\"sonde\"}", "127.0.0.1:", "1");
    arrives("blackbox_exporter_config_last_reload_successful{job=\"sonde\"}", "127.0.0.1:", "1");
    sameOnBothSides("probe_success", "http|https|tcp");
    sameOnBothSides("probe_http_status_code", "http|https");
    sameOnBothSides("probe_ip_addr_hash", "http|https|tcp");
    tally.claim(
        "prometheus: the certificate's date arrives, the expired one's too",
        () ->
            Tally.same(
                Map.of(
                    https,
                    "4070908800",
                    "https://127.0.0.1:" + stage.port("https_expired") + "/",
                    "1609459200"),
                query("probe_ssl_earliest_cert_expiry{job=\"https\"}")));
    tally.claim(
        "prometheus: durations arrive and are plausible",
        () ->
            Tally.same(
                "6",
                query("count(probe_duration_seconds{job=~\"http|https|tcp\"} > 0 < 0.9)").get("")));
    tally.claim(
        "prometheus: a failed probe says why, a passed one does not",
        () -> {
          Tally.same(
              Map.of(http.replace("" + stage.port("http"), "" + stage.port("refused")) + "/", "1"),
              query("probe_failure_info{job=\"http\",phase=\"connect\",reason=\"refused\"}"));
          Tally.same(
              Map.of(), query("probe_failure_info and on(instance, job) (probe_success == 1)"));
        });
  }

  private void arrives(String query, String instance, String value) {
    tally.claim(
        "prometheus: " + query + " of " + instance.replaceAll(":[0-9]+", "") + " is " + value,
        () -> {
          Map<String, String> found = query(query);
          for (Map.Entry<String, String> entry : found.entrySet()) {
            if (entry.getKey().startsWith(instance) && entry.getValue().equals(value)) {
              return;
            }
          }
          throw new AssertionError(found.toString());
        });
  }

  private void sameOnBothSides(String metric, String jobs) {
    tally.claim(
        "prometheus: " + metric + " is the same through the reference",
        () -> {
          Map<String, String> theirs = query(metric + "{job=~\"reference_(" + jobs + ")\"}");
          Tally.isTrue(!theirs.isEmpty(), "the reference brought nothing");
          Tally.same(theirs, query(metric + "{job=~\"" + jobs + "\"}"));
        });
  }

  private void formats(Tap tap) {
    tally.claim(
        "prometheus: asks for OpenMetrics first and gets it from /probe and /metrics",
        () -> {
          String asked = String.join("\n", tap.requests());
          Tally.contains("\nAccept: application/openmetrics-text", asked);
          Tally.contains("GET /probe?", asked);
          Tally.contains("GET /metrics ", asked);
          String answered = String.join("\n", tap.answers()).toLowerCase(Locale.ROOT);
          Tally.contains("content-type: application/openmetrics-text; version=1.0.0", answered);
          Tally.isTrue(!answered.contains("text/plain"), "some answer was not OpenMetrics");
          Tally.contains("content-encoding: gzip", answered);
        });
  }

  private void await(String query, double atLeast) {
    tally.claim(
        "prometheus: " + query + " reaches " + atLeast, () -> prometheus.await(query, atLeast));
  }

  private Map<String, String> query(String query) throws IOException {
    return prometheus.query(query);
  }
}
