package io.sonde.bench;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One stretch of load on one exporter, by wrk, every answer of which was a passed probe.
 *
 * @param probes how many were answered
 * @param cpuMicros the exporter's own user and system time per probe
 * @param perSecond probes answered per second
 * @param p50Micros median time of a scrape
 * @param p99Micros time that 99 of 100 scrapes did not exceed
 */
record Load(double probes, double cpuMicros, double perSecond, double p50Micros, double p99Micros) {

  private static final int WARMUP_STRETCH_SECONDS = 4;
  private static final int MOST_WARMUP_SECONDS = 120;

  /**
   * Loads {@code exporter} with probes of the targets in turn until it has answered as many probes
   * as a warm-up takes.
   */
  static void warmUp(Options options, Exporter exporter, String module, List<String> targets)
      throws IOException, InterruptedException {
    double probes = 0;
    int seconds = 0;
    while (probes < options.warmupProbes() && seconds < MOST_WARMUP_SECONDS) {
      probes += run(options, exporter, module, targets, WARMUP_STRETCH_SECONDS).probes();
      seconds += WARMUP_STRETCH_SECONDS;
    }
    System.out.printf(
        "bench: %s warm-up of %s: %.0f probes in %d s%n",
        module, exporter.label(), probes, seconds);
  }

  /** Loads {@code exporter} for a while; fails if a single scrape or probe failed. */
  static Load run(
      Options options, Exporter exporter, String module, List<String> targets, int seconds)
      throws IOException, InterruptedException {
    Path script = options.sources().resolve("scrape.lua");
    long cpuBefore = exporter.child().cpuMicros();
    List<String> command =
        new ArrayList<>(
            List.of(
                "wrk",
                "-t1",
                "-c" + options.connections(),
                "-d" + seconds + "s",
                "--timeout",
                "20s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + exporter.port(),
                "--"));
    for (String target : targets) {
      command.add(Exporter.probePath(module, target));
    }
    String output = Child.run(options.folder(), command.toArray(String[]::new));
    long cpu = exporter.child().cpuMicros() - cpuBefore;
    Map<String, Double> figures = figures(output);
    if (figures.get("bad") != 0 || figures.get("errors") != 0 || figures.get("answers") < 1) {
      throw new IOException(exporter.label() + " failed probes of " + module + ":\n" + output);
    }
    double requests = figures.get("requests");
    return new Load(
        requests,
        cpu / requests,
        requests / (figures.get("micros") / 1e6),
        figures.get("p50"),
        figures.get("p99"));
  }

  private static Map<String, Double> figures(String output) {
    Map<String, Double> figures = new HashMap<>();
    for (String line : output.split("\n")) {
      String[] pair = line.split(" ");
      if (pair.length == 2 && pair[1].matches("[0-9.e+]+")) {
        figures.put(pair[0], Double.parseDouble(pair[1]));
      }
    }
    return figures;
  }
}
