package io.sonde.bench;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;

/** Resident memory while 2,000 probes wait for a target that keeps them all. */
final class HeldBench {
  private static final int HELD = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Site site;
  private final Table table;

  HeldBench(Site site, Table table) {
    this.site = site;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    int port = Ports.free();
    try (Child target = PreciseTarget.start(site.folder(), port)) {
      target.awaitListener(port, Duration.ofSeconds(10));
      double theirs = residentMib(site.reference(), port);
      double ours = residentMib(site.sonde(), port);
      table.add(
          "resident with 2,000 probes in flight, MiB",
          new double[] {theirs},
          new double[] {ours},
          "%.0f");
    }
  }

  private double residentMib(Exporter.Program program, int port)
      throws IOException, InterruptedException {
    String path = Exporter.probePath("http", "http://127.0.0.1:" + port + "/hold");
    try (Exporter exporter = program.start(site.folder(), site.modules());
        Burst burst = new Burst(exporter, HELD)) {
      burst.send(Collections.nCopies(HELD, path));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!Http.get(port, "/held").body().equals(Integer.toString(HELD))) {
        if (System.nanoTime() > end) {
          throw new IOException(
              exporter.label() + " has only " + Http.get(port, "/release").body() + " in flight");
        }
        Thread.sleep(20);
      }
      double resident = exporter.child().residentKib() / 1024.0;
      Http.get(port, "/release");
      for (String answer : burst.answers()) {
        if (!Exposition.parse(answer).value("probe_success").startsWith("1")) {
          throw new IllegalStateException(exporter.label() + " failed a probe:\n" + answer);
        }
      }
      return resident;
    }
  }
}
