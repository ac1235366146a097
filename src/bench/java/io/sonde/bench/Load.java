package io.sonde.bench;

import io.sonde.rig.Exporter;
import io.sonde.rig.Wrk;
import java.io.IOException;
import java.util.List;

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
    long cpuBefore = exporter.child().cpuMicros();
    Wrk wrk =
        new Wrk.Load(
                options.sources().resolve("scrape.lua"),
                "http://127.0.0.1:" + exporter.port(),
                options.connections(),
                List.of(),
                targets.stream().map(target -> Exporter.probePath(module, target)).toList())
            .run(options.folder(), seconds);
    long cpu = exporter.child().cpuMicros() - cpuBefore;
    if (!wrk.sound()) {
      throw new IOException(
          exporter.label() + " failed probes of " + module + ":\n" + wrk.output());
    }
    return new Load(
        wrk.answers(), cpu / wrk.answers(), wrk.perSecond(), wrk.p50Micros(), wrk.p99Micros());
  }
}
