package io.sonde.operate;

import io.sonde.rig.Child;
import io.sonde.rig.Curl;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Tally;
import io.sonde.rig.Wrk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many probes with everything on: what is left of them in memory, and what is told of them. */
final class SoakChecks {
  private static final int PROBES = 12_000;
  private static final int SOAKED_PROBES = 100_000;
  private static final int STRETCH_SECONDS = 4;
  private static final int CONNECTIONS = 16;
  private static final int TARGETS = 50;
  private static final int H2_PROBES = 2_000;
  private static final long MOST_GROWTH_KIB = 12 * 1024;
  private static final long MOST_SOAKED_GROWTH_KIB = 6 * 1024;

  private final Tally tally;
  private final Ground ground;
  private final boolean soak;
  private Exporter sonde;

  SoakChecks(Tally tally, Ground ground, boolean soak) {
    this.tally = tally;
    this.ground = ground;
    this.soak = soak;
  }

  /** What a number of probes left behind. */
  private record Sample(double probes, long residentKib, double directBytes, long files) {
    @Override
    public String toString() {
      return String.format(
          "after %.0f probes: resident %d KiB, direct %.0f KiB, %d files",
          probes, residentKib, directBytes / 1024, files);
    }
  }

  void run() throws IOException, InterruptedException {
    String policy = Everything.POLICY + Files.readString(ground.modules());
    Path modules = ground.write("everything.yml", policy);
    String[] flags = Everything.guardedBy(ground.write("soaked.yml", ground.passwordConfig()));
    try (Exporter started = ground.sonde().start(ground.folder(), modules, flags)) {
      sonde = started;
      streams();
      List<Sample> samples = probe(soak ? SOAKED_PROBES : PROBES);
      flat(samples);
      lint();
    }
  }

  /** Probes by h2load: all over one connection. */
  private void streams() {
    tally.claim(
        "soak: "
            + H2_PROBES
            + " scrapes over one HTTP/2 connection, 100 at a time, are all answered",
        () -> {
          String output =
              Child.run(
                  ground.folder(),
                  "h2load",
                  "-n" + H2_PROBES,
                  "-c1",
                  "-m100",
                  "-H",
                  Ground.authorization(),
                  "https://localhost:" + sonde.port() + ground.probe("/"));
          Tally.contains("Application protocol: h2", output);
          Tally.contains("status codes: " + H2_PROBES + " 2xx, 0 3xx, 0 4xx, 0 5xx", output);
        });
  }

  private List<Sample> probe(int count) throws IOException, InterruptedException {
    List<String> passing = new ArrayList<>();
    List<String> failing = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      passing.add(ground.probe("/" + i));
      failing.add(ground.probe("/failing/" + i));
    }
    List<Sample> samples = new ArrayList<>();
    double probes = 0;
    while (probes < count) {
      Wrk good = scrape(passing, STRETCH_SECONDS);
      Wrk bad = scrape(failing, 1);
      if (!good.sound() || bad.errors() > 0 || bad.bad() < bad.answers()) {
        throw new IOException("a scrape failed:\n" + good.output() + bad.output());
      }
      probes += good.answers() + bad.answers();
      samples.add(sample(probes));
      tally.figure("soak: " + samples.get(samples.size() - 1));
    }
    return samples;
  }

  private Wrk scrape(List<String> paths, int seconds) throws IOException, InterruptedException {
    return ground
        .load(
            "https://127.0.0.1:" + sonde.port(),
            CONNECTIONS,
            List.of(Ground.authorization()),
            paths)
        .run(ground.folder(), seconds);
  }

  private Sample sample(double probes) throws IOException, InterruptedException {
    Exposition metrics = Exposition.parse(own());
    double direct =
        Double.parseDouble(metrics.value("jvm_buffer_pool_used_bytes", "{pool=\"direct\"}"));
    return new Sample(probes, sonde.child().residentKib(), direct, Processes.openFiles(sonde));
  }

  private String own() throws IOException, InterruptedException {
    String url = "https://localhost:" + sonde.port() + "/metrics";
    return Curl.get(ground.folder(), url, "--cacert", ground.authority(), "-u", Ground.CREDENTIALS)
        .body();
  }

  private void flat(List<Sample> samples) {
    Sample half = samples.get((samples.size() - 1) / 2);
    Sample last = samples.get(samples.size() - 1);
    long most = soak ? MOST_SOAKED_GROWTH_KIB : MOST_GROWTH_KIB;
    tally.claim(
        "soak: the second half of the probes adds nothing to resident memory",
        () -> {
          long grown = last.residentKib() - half.residentKib();
          Tally.isTrue(grown < most, half + "; " + last);
        });
    tally.claim(
        "soak: nor to direct memory",
        () -> {
          double grown = (last.directBytes() - half.directBytes()) / 1024;
          Tally.isTrue(grown < most, half + "; " + last);
        });
  }

  private void lint() {
    tally.claim(
        "soak: promtool has no complaint about /metrics with everything on",
        () -> {
          Path file = ground.write("own-metrics.txt", own());
          tally.figure("soak: /metrics has " + Files.readAllLines(file).size() + " lines");
          String check = Operation.path("promtool") + " check metrics < " + file + " 2>&1";
          Tally.same("", Child.run(ground.folder(), "sh", "-c", check));
        });
  }
}
