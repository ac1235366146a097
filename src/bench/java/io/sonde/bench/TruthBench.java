package io.sonde.bench;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the reported {@code processing} time is from what the target really did, when scrapes
 * arrive one by one and when they arrive at once.
 */
final class TruthBench {
  private static final String PHASE = "{phase=\"processing\"}";

  /** How many scrapes at once, and how often; the last column of a long run is the p99. */
  private record Crowd(int size, int warmups, int rounds) {}

  private static final List<Crowd> CROWDS =
      List.of(new Crowd(1, 30, 150), new Crowd(50, 10, 30), new Crowd(300, 8, 15));

  private final Options options;
  private final Site site;
  private final Table table;
  private int nextId;

  TruthBench(Options options, Site site, Table table) {
    this.options = options;
    this.site = site;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    int port = Ports.free();
    try (Child target = PreciseTarget.start(site.folder(), port);
        Exporter reference = site.reference().start(site.folder(), site.modules());
        Exporter sonde = site.sonde().start(site.folder(), site.modules())) {
      target.awaitListener(port, Duration.ofSeconds(10));
      for (Exporter exporter : List.of(reference, sonde)) {
        Load.warmUp(options, exporter, "http", site.targets("http"));
      }
      for (Crowd crowd : CROWDS) {
        double[][] theirs = new double[2][];
        double[][] ours = new double[2][];
        for (int turn = 0; turn < 2; turn++) {
          theirs[turn] = errors(reference, port, crowd);
          ours[turn] = errors(sonde, port, crowd);
        }
        String what = "truth, " + crowd.size() + " at once: processing too long by, ";
        table.add(what + "p50, ms", quantiles(theirs, 0.5), quantiles(ours, 0.5), "%.2f");
        table.add(what + "p99, ms", quantiles(theirs, 0.99), quantiles(ours, 0.99), "%.2f");
      }
    }
  }

  /** Reported minus true milliseconds of every scrape of every measured round. */
  private double[] errors(Exporter exporter, int port, Crowd crowd)
      throws IOException, InterruptedException {
    double[] errors = new double[crowd.size() * crowd.rounds()];
    try (Burst burst = new Burst(exporter, crowd.size())) {
      for (int round = -crowd.warmups(); round < crowd.rounds(); round++) {
        int first = nextId;
        nextId += crowd.size();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < crowd.size(); i++) {
          paths.add(
              Exporter.probePath("http", "http://127.0.0.1:" + port + "/t?id=" + (first + i)));
        }
        List<String> answers = burst.fire(paths);
        Map<Integer, Long> truth = truth(port);
        for (int i = 0; round >= 0 && i < crowd.size(); i++) {
          double reported = processingMillis(exporter, answers.get(i));
          errors[round * crowd.size() + i] = reported - truth.get(first + i) / 1e6;
        }
        Thread.sleep(20);
      }
    }
    System.out.printf(
        "bench: truth, %d at once, %s: p50 %.2f ms, p99 %.2f ms%n",
        crowd.size(), exporter.label(), Table.quantile(errors, 0.5), Table.quantile(errors, 0.99));
    return errors;
  }

  private static Map<Integer, Long> truth(int port) throws IOException {
    Map<Integer, Long> nanos = new HashMap<>();
    for (String line : Http.get(port, "/records").body().split("\n")) {
      String[] pair = line.split(" ");
      nanos.put(Integer.parseInt(pair[0]), Long.parseLong(pair[1]));
    }
    return nanos;
  }

  private static double processingMillis(Exporter exporter, String answer) {
    Exposition metrics = Exposition.parse(answer);
    if (!metrics.value("probe_success").startsWith("1")) {
      throw new IllegalStateException(exporter.label() + " failed a probe:\n" + answer);
    }
    return Double.parseDouble(metrics.value("probe_http_duration_seconds", PHASE)) * 1e3;
  }

  private static double[] quantiles(double[][] turns, double share) {
    double[] values = new double[turns.length];
    for (int i = 0; i < turns.length; i++) {
      values[i] = Table.quantile(turns[i], share);
    }
    return values;
  }
}
