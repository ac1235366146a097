package io.sonde.bench;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Thousands of dialogues with a peer that accepts and says nothing: what each costs in memory, and
 * whether every one is answered at its deadline.
 */
final class SilentBench {
  private static final List<Integer> SIZES = List.of(1_000, 5_000, 9_000);
  private static final int FIRST_PROBES = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** The deadline of 9.5 s counts from the scrape; its probe may begin later. */
  private static final double EARLIEST_SECONDS = 5;

  private static final double LATEST_SECONDS = 11;

  private final Site site;
  private final Table table;

  SilentBench(Site site, Table table) {
    this.site = site;
    this.table = table;
  }

  /** What many probes in flight came to. */
  private record Held(double kibPerProbe, double longestSeconds) {}

  void run() throws IOException, InterruptedException {
    for (int size : SIZES) {
      Held theirs = hold(site.reference(), size);
      Held ours = hold(site.sonde(), size);
      String row = String.format("dialogue, %,d with a silent peer: ", size);
      table.add(
          row + "resident per probe, KiB",
          new double[] {theirs.kibPerProbe()},
          new double[] {ours.kibPerProbe()},
          "%.1f");
      table.add(
          row + "longest probe at a deadline of 9.5 s",
          new double[] {theirs.longestSeconds()},
          new double[] {ours.longestSeconds()},
          "%.2f");
    }
  }

  private Held hold(Exporter.Program program, int size) throws IOException, InterruptedException {
    int port = Ports.free();
    String target = "127.0.0.1:" + port;
    try (Child peer = SilentTarget.start(site.folder(), port);
        Exporter exporter = program.start(site.folder(), site.modules())) {
      peer.awaitListener(port, Duration.ofSeconds(10));
      for (int i = 0; i < FIRST_PROBES; i++) {
        exporter.probe("tcp", target);
      }
      try (Burst burst = new Burst(exporter, size)) {
        double before = exporter.child().residentKib();
        long files = openFiles(exporter);
        burst.send(Collections.nCopies(size, Exporter.probePath("tcp_dialogue", target)));
        awaitFiles(exporter, files + size);
        double kib = (exporter.child().residentKib() - before) / size;
        return new Held(kib, longest(exporter, burst.answers()));
      }
    }
  }

  private static double longest(Exporter exporter, List<String> answers) throws IOException {
    List<Double> seconds = new ArrayList<>();
    for (String answer : answers) {
      Exposition exposition = Exposition.parse(answer);
      double took = Double.parseDouble(exposition.value("probe_duration_seconds"));
      if (!exposition.value("probe_success").startsWith("0")
          || took < EARLIEST_SECONDS
          || took > LATEST_SECONDS) {
        throw new IllegalStateException(exporter.label() + " missed a deadline:\n" + answer);
      }
      seconds.add(took);
    }
    return Collections.max(seconds);
  }

  private static void awaitFiles(Exporter exporter, long count)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (openFiles(exporter) < count) {
      if (System.nanoTime() > end) {
        throw new IOException(exporter.label() + " has only " + openFiles(exporter) + " files");
      }
      Thread.sleep(20);
    }
  }

  private static long openFiles(Exporter exporter) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + exporter.child().pid() + "/fd"))) {
      return files.count();
    }
  }
}
