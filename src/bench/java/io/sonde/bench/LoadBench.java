package io.sonde.bench;

import io.sonde.rig.Exporter;
import java.io.IOException;
import java.util.function.ToDoubleFunction;

/** Cost per probe, throughput, latency and memory of both exporters under the same load. */
final class LoadBench {
  private final Options options;
  private final Site site;
  private final Table table;

  LoadBench(Options options, Site site, Table table) {
    this.options = options;
    this.site = site;
    this.table = table;
  }

  /** Measures one module: both exporters warmed up, then round about. */
  void run(String module) throws IOException, InterruptedException {
    try (Exporter reference = site.reference().start(site.folder(), site.modules());
        Exporter sonde = site.sonde().start(site.folder(), site.modules())) {
      long settle = 2_000;
      Thread.sleep(settle);
      double[] idle = {
        reference.child().residentKib() / 1024.0, sonde.child().residentKib() / 1024.0
      };
      Load.warmUp(options, reference, module, site.targets(module));
      Load.warmUp(options, sonde, module, site.targets(module));
      Load[] theirs = new Load[options.rounds()];
      Load[] ours = new Load[options.rounds()];
      for (int round = 0; round < options.rounds(); round++) {
        theirs[round] = measure(reference, module, round);
        ours[round] = measure(sonde, module, round);
      }
      add(module + ": CPU per probe, us", theirs, ours, Load::cpuMicros, "%.0f");
      add(module + ": probes per second", theirs, ours, Load::perSecond, "%.0f");
      add(module + ": scrape p50, ms", theirs, ours, load -> load.p50Micros() / 1000, "%.2f");
      add(module + ": scrape p99, ms", theirs, ours, load -> load.p99Micros() / 1000, "%.2f");
      double[] loaded = {
        reference.child().residentKib() / 1024.0, sonde.child().residentKib() / 1024.0
      };
      table.add(
          module + ": resident idle, MiB", new double[] {idle[0]}, new double[] {idle[1]}, "%.0f");
      table.add(
          module + ": resident after load, MiB",
          new double[] {loaded[0]},
          new double[] {loaded[1]},
          "%.0f");
    }
  }

  private Load measure(Exporter exporter, String module, int round)
      throws IOException, InterruptedException {
    Load load = Load.run(options, exporter, module, site.targets(module), options.roundSeconds());
    System.out.printf(
        "bench: %s round %d of %s: %.0f us CPU per probe, %.0f probes/s%n",
        module, round + 1, exporter.label(), load.cpuMicros(), load.perSecond());
    return load;
  }

  private void add(
      String figure, Load[] theirs, Load[] ours, ToDoubleFunction<Load> part, String format) {
    table.add(figure, each(theirs, part), each(ours, part), format);
  }

  private static double[] each(Load[] loads, ToDoubleFunction<Load> part) {
    double[] values = new double[loads.length];
    for (int i = 0; i < loads.length; i++) {
      values[i] = part.applyAsDouble(loads[i]);
    }
    return values;
  }
}
