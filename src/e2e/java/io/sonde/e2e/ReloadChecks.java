package io.sonde.e2e;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Exposition;
import io.sonde.rig.Http;
import io.sonde.rig.Ports;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Good and broken configuration, at start and on reload. */
final class ReloadChecks {
  private static final String FIRST = "modules:\n  first:\n    prober: tcp\n";
  private static final String SECOND = FIRST + "  second:\n    prober: tcp\n";
  private static final String BROKEN =
      "modules:\n  first:\n    prober: tcp\n    tcp:\n      tlz: true\n  second:\n"
          + "    prober: smtp\n  third:\n    prober: http\n    timeout: 5\n";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Tally tally;
  private final Stage stage;
  private final Exporter.Program program;
  private final Path config;

  ReloadChecks(Tally tally, Stage stage, Exporter.Program program) {
    this.tally = tally;
    this.stage = stage;
    this.program = program;
    config = stage.folder().resolve("reloaded.yml");
  }

  void run() throws IOException, InterruptedException {
    Files.writeString(config, FIRST);
    try (Exporter sonde = program.start(stage.folder(), config)) {
      reloads(sonde);
    }
    starts();
  }

  private void reloads(Exporter sonde) {
    tally.claim(
        "reload: a module added to the file is there after POST",
        () -> {
          Tally.same(400, probe(sonde, "second"));
          Files.writeString(config, SECOND);
          Http.Answer answer = Http.send(sonde.port(), "POST", "/-/reload");
          Tally.same(200, answer.status());
          Tally.same("", answer.body());
          Tally.same(200, probe(sonde, "second"));
          Tally.same(1.0, gauge(sonde));
        });
    tally.claim(
        "reload: a broken file is refused with every problem, and the old one stays",
        () -> {
          Files.writeString(config, BROKEN);
          Http.Answer answer = Http.send(sonde.port(), "POST", "/-/reload");
          Tally.same(500, answer.status());
          allProblems(answer.body());
          Tally.contains("failed to reload config: error parsing config file: ", answer.body());
          Tally.same(200, probe(sonde, "second"));
          Tally.same(0.0, gauge(sonde));
        });
    tally.claim(
        "reload: SIGHUP takes the mended file",
        () -> {
          Files.writeString(config, FIRST);
          sonde.child().signal("HUP");
          awaitGauge(sonde, 1);
          Tally.same(400, probe(sonde, "second"));
        });
    tally.claim(
        "reload: SIGHUP with a broken file leaves the old one",
        () -> {
          Files.writeString(config, BROKEN);
          sonde.child().signal("HUP");
          awaitGauge(sonde, 0);
          Tally.same(200, probe(sonde, "first"));
        });
    tally.claim(
        "reload: SIGHUP with the file gone leaves the old one",
        () -> {
          Files.writeString(config, FIRST);
          sonde.child().signal("HUP");
          awaitGauge(sonde, 1);
          Files.delete(config);
          Tally.same(500, Http.send(sonde.port(), "POST", "/-/reload").status());
          Tally.same(200, probe(sonde, "first"));
        });
  }

  private void starts() {
    ends("a broken file", 1, BROKEN, "error parsing config file: ");
    ends("an empty file", 1, "", "error parsing config file: ");
    ends("a good file and --config.check", 0, FIRST, "Config file is ok", "--config.check");
    ends("a broken file and --config.check", 1, BROKEN, "prober 'smtp'", "--config.check");
    ends("an unknown flag", 1, FIRST, "unknown long flag '--nope'", "--nope");
    ends("a bad number", 1, FIRST, "parsing \"x\": invalid syntax", "--timeout-offset=x");
    ends("a bad log level", 1, FIRST, "unrecognized log level", "--log.level=loud");
    tally.claim(
        "start: a broken file names every problem",
        () -> {
          Files.writeString(config, BROKEN);
          Child child = program.launch(stage.folder(), config).child();
          child.awaitExit(PATIENCE);
          allProblems(child.output());
        });
    tally.claim(
        "start: a missing file exits with 1",
        () -> {
          Path missing = stage.folder().resolve("not-there.yml");
          Tally.same(1, program.launch(stage.folder(), missing).child().awaitExit(PATIENCE));
        });
    tally.claim(
        "start: a port in use exits with 1",
        () -> {
          Files.writeString(config, FIRST);
          List<String> command = new ArrayList<>(program.words());
          command.add("--config.file=" + config);
          command.add("--web.listen-address=127.0.0.1:" + stage.port("http"));
          Child child = Child.start("port-in-use", stage.folder(), command);
          Tally.same(1, child.awaitExit(PATIENCE));
        });
    tally.claim(
        "start: it listens on every address given",
        () -> {
          int other = Ports.free();
          try (Exporter sonde =
              program.start(stage.folder(), config, "--web.listen-address=127.0.0.1:" + other)) {
            sonde.child().awaitListener(other, PATIENCE);
            Tally.same(200, Http.get(other, "/-/healthy").status());
            Tally.same(200, Http.get(sonde.port(), "/-/healthy").status());
          }
        });
  }

  private void ends(String what, int exit, String content, String says, String... flags) {
    tally.claim(
        "start: " + what + " exits with " + exit,
        () -> {
          Files.writeString(config, content);
          Child child = program.launch(stage.folder(), config, flags).child();
          Tally.same(exit, child.awaitExit(PATIENCE));
          Tally.contains(says, child.output());
        });
  }

  private static void allProblems(String text) {
    Tally.contains("field tlz not found", text);
    Tally.contains("prober 'smtp' is not valid", text);
    Tally.contains("did you mean 5s?", text);
  }

  private int probe(Exporter sonde, String module) throws IOException {
    return sonde.probe(module, "127.0.0.1:" + stage.port("http")).status();
  }

  private static double gauge(Exporter sonde) throws IOException {
    return Double.parseDouble(
        Exposition.parse(Http.get(sonde.port(), "/metrics").body())
            .value("blackbox_exporter_config_last_reload_successful"));
  }

  private static void awaitGauge(Exporter sonde, double value)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (gauge(sonde) != value && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    Tally.same(value, gauge(sonde));
  }
}
