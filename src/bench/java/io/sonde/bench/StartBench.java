package io.sonde.bench;

import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import java.io.IOException;
import java.time.Duration;

/** The time from starting the process to the first answered probe. */
final class StartBench {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Options options;
  private final Site site;
  private final Table table;

  StartBench(Options options, Site site, Table table) {
    this.options = options;
    this.site = site;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    double[] theirs = new double[options.starts()];
    double[] ours = new double[options.starts()];
    for (int i = 0; i < options.starts(); i++) {
      theirs[i] = millisToFirstAnswer(site.reference());
      ours[i] = millisToFirstAnswer(site.sonde());
    }
    table.add("start to first answered probe, ms", theirs, ours, "%.0f");
  }

  private double millisToFirstAnswer(Exporter.Program program)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Exporter exporter = program.launch(site.folder(), site.modules())) {
      while (true) {
        try {
          Http.Answer answer = exporter.probe("http", site.targets("http").get(0));
          double millis = (System.nanoTime() - begin) / 1e6;
          if (!Exposition.parse(answer.body()).value("probe_success").startsWith("1")) {
            throw new IllegalStateException(program.label() + ": " + answer.body());
          }
          return millis;
        } catch (IOException notYet) {
          if (!exporter.child().isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
            throw new IOException(exporter.child().output(), notYet);
          }
          Thread.sleep(1);
        }
      }
    }
  }
}
