package io.sonde.e2e;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/** A folder of files that changes behind the daemon's back, as a mounted ConfigMap does. */
final class AutoReloadChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MINE = "modules: {mine: {prober: tcp, timeout: \"${PATIENCE}\"}}";
  private static final String THEIRS = "modules: {theirs: {prober: tcp}}";

  private final Tally tally;
  private final Stage stage;
  private final Exporter.Program program;
  private final Path mount;
  private int generation;

  AutoReloadChecks(Tally tally, Stage stage, Exporter.Program program) {
    this.tally = tally;
    this.stage = stage;
    this.program = program.within(Map.of("PATIENCE", "7s"));
    this.mount = stage.folder().resolve("mounted");
  }

  void run() throws IOException, InterruptedException {
    Files.createDirectories(mount);
    Files.createSymbolicLink(mount.resolve("mine.yml"), Path.of("..data/mine.yml"));
    Files.createSymbolicLink(mount.resolve("theirs.yml"), Path.of("..data/theirs.yml"));
    swap(MINE, THEIRS);
    try (Exporter sonde =
        program.start(
            stage.folder(),
            mount,
            "--config.enable-auto-reload",
            "--config.auto-reload-interval=1",
            "--config.keep-last-good",
            "--config.expand-env")) {
      reloads(sonde);
    }
  }

  private void reloads(Exporter sonde) {
    tally.claim(
        "reload: the files of a folder are one configuration, with variables of the environment",
        () -> {
          Tally.same(200, probe(sonde, "mine"));
          Tally.same(200, probe(sonde, "theirs"));
          Tally.contains("timeout: 7s", Http.get(sonde.port(), "/config").body());
        });
    tally.claim(
        "reload: links that are swapped are noticed",
        () -> {
          swap(MINE, "modules: {ours: {prober: tcp}}");
          await(sonde, "ours");
          Tally.same(400, probe(sonde, "theirs"));
        });
    tally.claim(
        "reload: a file with errors keeps its modules, others are loaded, and it is told once",
        () -> {
          swap("modules: {mine: {prober: nope}}", THEIRS);
          await(sonde, "theirs");
          Tally.same(200, probe(sonde, "mine"));
          String metrics = Http.get(sonde.port(), "/metrics").body();
          Tally.contains("blackbox_exporter_config_last_reload_successful 0", metrics);
          Tally.contains(file("mine.yml") + " 0", metrics);
          Tally.contains(file("theirs.yml") + " 1", metrics);
          Thread.sleep(2_500);
          Tally.same(2, sonde.child().output().split("prober 'nope'", -1).length);
        });
    tally.claim(
        "reload: a mended file ends the failure",
        () -> {
          swap(MINE, "modules: {last: {prober: tcp}}");
          await(sonde, "last");
          Tally.contains(
              "blackbox_exporter_config_last_reload_successful 1",
              Http.get(sonde.port(), "/metrics").body());
        });
    tally.claim(
        "start: a name in two files names both places",
        () -> {
          swap(MINE, MINE);
          Child child = program.launch(stage.folder(), mount, "--config.expand-env").child();
          Tally.same(1, child.awaitExit(PATIENCE));
          Tally.contains("is already defined in " + mount.resolve("mine.yml"), child.output());
          Tally.contains(mount.resolve("theirs.yml") + ":1:11", child.output());
        });
  }

  private String file(String name) {
    return "sonde_config_file_last_load_successful{file=\"" + mount.resolve(name) + "\"}";
  }

  /** Puts both files in the place of the old ones at once. */
  private void swap(String mine, String theirs) throws IOException {
    Path folder = Files.createDirectory(mount.resolve("..generation" + generation++));
    Files.writeString(folder.resolve("mine.yml"), mine);
    Files.writeString(folder.resolve("theirs.yml"), theirs);
    Path link = mount.resolve("..data_tmp");
    Files.createSymbolicLink(link, folder.getFileName());
    Files.move(
        link,
        mount.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void await(Exporter sonde, String module) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (probe(sonde, module) != 200 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    Tally.same(200, probe(sonde, module));
  }

  private int probe(Exporter sonde, String module) throws IOException {
    return sonde.probe(module, "127.0.0.1:" + stage.port("http")).status();
  }
}
