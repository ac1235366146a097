package io.sonde.operate;

import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import io.sonde.rig.Wrk;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A thousand reloads, by every way there is, while probes are scraped without a pause. */
final class StormChecks {
  private static final int RELOADS = 1_000;

  /** Reloads until everything that a reload needs has been compiled and allocated once. */
  private static final int FIRST = 200;

  private static final int AUTOMATIC = 3;
  private static final int MODULES = 40;
  private static final int CONNECTIONS = 8;
  private static final long MOST_GROWTH_KIB = 8 * 1024;
  private static final int MOST_MORE_FILES = 12;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Tally tally;
  private final Ground ground;
  private final String stable;
  private int generation;

  StormChecks(Tally tally, Ground ground) throws IOException {
    this.tally = tally;
    this.ground = ground;
    stable = Files.readString(ground.modules());
  }

  void run() throws IOException, InterruptedException {
    change();
    String[] flags =
        Everything.with("--config.enable-auto-reload", "--config.auto-reload-interval=1");
    try (Exporter sonde =
        ground.sonde().start(ground.folder(), ground.folder().resolve("changing.yml"), flags)) {
      Loaded load = new Loaded(sonde);
      try {
        reloads(sonde, FIRST);
        load.check();
        long memory = sonde.child().residentKib();
        long files = Processes.openFiles(sonde);
        tally.claim(
            "reload: " + RELOADS + " reloads, by signal, by request and by itself, each take hold",
            () -> reloads(sonde, RELOADS));
        tally.claim("reload: meanwhile not one scrape failed", load::finish);
        Thread.sleep(1_000);
        long grown = sonde.child().residentKib() - memory;
        long more = Processes.openFiles(sonde) - files;
        tally.figure(
            "reload: resident "
                + memory
                + " KiB before, "
                + grown
                + " more after; files "
                + files
                + ", "
                + more
                + " more");
        tally.claim(
            "reload: memory is where it was",
            () -> Tally.isTrue(grown < MOST_GROWTH_KIB, grown + " KiB more"));
        tally.claim(
            "reload: descriptors are where they were",
            () -> Tally.isTrue(more <= MOST_MORE_FILES, more + " more"));
        broken(sonde);
      } finally {
        load.stop();
      }
    }
  }

  /** Scrapes in stretches of a second, until told to stop. */
  private final class Loaded {
    private final Exporter sonde;
    private volatile boolean stopped;
    private final CompletableFuture<String> outcome;
    private double answers;

    Loaded(Exporter sonde) {
      this.sonde = sonde;
      outcome = CompletableFuture.supplyAsync(this::scrape);
    }

    /** The first thing that went wrong, or nothing. */
    private String scrape() {
      String origin = "http://127.0.0.1:" + sonde.port();
      try {
        while (!stopped) {
          Wrk wrk =
              ground
                  .load(origin, CONNECTIONS, List.of(), List.of(ground.probe("/")))
                  .run(ground.folder(), 2);
          answers += wrk.answers();
          if (!wrk.sound()) {
            return wrk.output();
          }
        }
        return "";
      } catch (IOException | InterruptedException e) {
        return e.toString();
      }
    }

    void check() {
      Tally.isTrue(!outcome.isDone(), outcome.getNow(""));
    }

    void finish() {
      stopped = true;
      Tally.same("", outcome.join());
      tally.figure("reload: " + (long) answers + " scrapes meanwhile");
    }

    void stop() {
      stopped = true;
      outcome.join();
    }
  }

  private void reloads(Exporter sonde, int count) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      change();
      if (i >= count - AUTOMATIC) {
        awaitModule(sonde);
      } else if (i % 2 == 0) {
        sonde.child().signal("HUP");
        awaitModule(sonde);
      } else {
        Http.Answer answer = Http.send(sonde.port(), "POST", "/-/reload");
        Tally.same(200, answer.status());
        Tally.isTrue(present(sonde), "module " + generation + " is not there after POST");
      }
    }
  }

  /** Writes a configuration with as many modules as ever, all but three of them changed. */
  private void change() throws IOException {
    generation++;
    StringBuilder text = new StringBuilder(stable);
    text.append("  generation_").append(generation).append(": {prober: tcp}\n");
    for (int i = 0; i < MODULES; i++) {
      text.append("  module_").append(i).append(":\n    prober: http\n    http:\n");
      text.append("      tls_config: {ca_file: ").append(ground.authority()).append("}\n");
      text.append("      headers: {X-Generation: '").append(generation).append("'}\n");
      text.append("      fail_if_body_not_matches_regexp: ['^a{1,").append(generation % 50 + 1);
      text.append("}(b|c)*$']\n");
    }
    ground.write("changing.yml", text.toString());
  }

  private void awaitModule(Exporter sonde) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!present(sonde)) {
      Tally.isTrue(System.nanoTime() < end, "module " + generation + " never came");
      Thread.sleep(2);
    }
  }

  /** A known module without a target complains of the target. */
  private boolean present(Exporter sonde) throws IOException {
    String path = "/probe?module=generation_" + generation;
    return Http.get(sonde.port(), path).body().startsWith("Target parameter is missing");
  }

  private void broken(Exporter sonde) {
    tally.claim(
        "reload: a broken file is refused, told by a metric, and the old modules go on",
        () -> {
          ground.write("changing.yml", stable + "  nonsense: {prober: smtp}\n");
          Tally.same(500, Http.send(sonde.port(), "POST", "/-/reload").status());
          Tally.isTrue(present(sonde), "the old modules are gone");
          String metrics = Http.get(sonde.port(), "/metrics").body();
          String gauge = "blackbox_exporter_config_last_reload_successful";
          Tally.same(0.0, Double.parseDouble(Exposition.parse(metrics).value(gauge)));
        });
  }
}
