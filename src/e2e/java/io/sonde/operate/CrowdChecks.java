package io.sonde.operate;

import io.sonde.rig.Exporter;
import io.sonde.rig.Tally;
import io.sonde.rig.Wrk;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Thousands of connections that only take up room, while others are served. */
final class CrowdChecks {
  private static final int SILENT = 5_000;
  private static final int SLOW = 200;
  private static final int HALVES = 200;
  private static final int DEAF = 50;
  private static final int CONNECTIONS = 8;

  /** Those of each loop that may be in their handshake, and some that are just going. */
  private static final int MOST_WITHOUT_HANDSHAKE =
      512 * Runtime.getRuntime().availableProcessors() + 300;

  private static final int SECONDS = 4;
  private static final long MOST_P99_MILLIS = 250;
  private static final long MOST_GROWTH_KIB = 12 * 1024;
  private static final int MOST_MORE_FILES = 20;

  private final Tally tally;
  private final Ground ground;

  CrowdChecks(Tally tally, Ground ground) {
    this.tally = tally;
    this.ground = ground;
  }

  void run() throws IOException, InterruptedException {
    String[] flags = Everything.guardedBy(ground.write("crowded.yml", ground.passwordConfig()));
    try (Exporter sonde = ground.sonde().start(ground.folder(), ground.modules(), flags)) {
      twice("over TLS", "https", sonde);
    }
    try (Exporter sonde =
        ground.sonde().start(ground.folder(), ground.modules(), Everything.with())) {
      twice("over plain TCP", "http", sonde);
    }
  }

  /** The first crowd takes the heap to its size; what the second adds is what the first left. */
  private void twice(String how, String scheme, Exporter sonde)
      throws IOException, InterruptedException {
    Wrk before = scrape(scheme, sonde);
    long files = Processes.openFiles(sonde);
    around(how + ", first", scheme, sonde, before, files);
    long memory = sonde.child().residentKib();
    around(how + ", again", scheme, sonde, before, files);
    tally.claim(
        "crowd: " + how + ", the second leaves no memory behind",
        () -> {
          long grown = sonde.child().residentKib() - memory;
          tally.figure("crowd: " + how + ": " + grown + " KiB more after the second");
          Tally.isTrue(grown < MOST_GROWTH_KIB, grown + " KiB more");
        });
  }

  private void around(String how, String scheme, Exporter sonde, Wrk before, long files)
      throws IOException, InterruptedException {
    try (Crowd crowd = new Crowd(sonde.port())) {
      crowd.silent(SILENT);
      crowd.halves(HALVES);
      crowd.deaf(DEAF);
      crowd.slow(SLOW);
      CompletableFuture<Void> dripping =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < SECONDS * 4; i++) {
                  crowd.drip();
                  pause();
                }
              });
      long most = files + (scheme.equals("http") ? crowd.size() : MOST_WITHOUT_HANDSHAKE);
      long least = scheme.equals("http") ? files + SILENT : 0;
      tally.claim(
          "crowd: " + how + ", " + least + " to " + most + " descriptors are open",
          () -> {
            long crowded = Processes.awaitFiles(sonde, least);
            Tally.isTrue(crowded >= least && crowded <= most, crowded + " are");
          });
      Wrk during = scrape(scheme, sonde);
      long full = sonde.child().residentKib();
      dripping.join();
      tally.claim(
          "crowd: " + how + ", every scrape among " + crowd.size() + " useless connections passes",
          () -> Tally.isTrue(during.sound(), during.output()));
      tally.claim(
          "crowd: " + how + ", 99 of 100 scrapes take less than " + MOST_P99_MILLIS + " ms",
          () -> Tally.isTrue(during.p99Micros() < MOST_P99_MILLIS * 1_000, during.output()));
      tally.figure(
          String.format(
              "crowd: %s: p99 %.1f ms before, %.1f ms among %d; resident %d KiB among them",
              how, before.p99Micros() / 1000, during.p99Micros() / 1000, crowd.size(), full));
    }
    tally.claim(
        "crowd: " + how + ", once they are gone, so are their descriptors",
        () -> {
          long left = Processes.settleFiles(sonde, files + MOST_MORE_FILES);
          Tally.isTrue(left <= files + MOST_MORE_FILES, files + " before, " + left + " after");
        });
  }

  private static void pause() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Wrk scrape(String scheme, Exporter sonde) throws IOException, InterruptedException {
    return ground
        .load(
            scheme + "://127.0.0.1:" + sonde.port(),
            CONNECTIONS,
            List.of(Ground.authorization()),
            List.of(ground.probe("/")))
        .run(ground.folder(), SECONDS);
  }
}
