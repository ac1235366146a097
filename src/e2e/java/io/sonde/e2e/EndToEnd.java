package io.sonde.e2e;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sets the stage, runs every group of checks, and counts. */
public final class EndToEnd {
  private final Tally tally = Tally.ofFailures("e2e");
  private final List<String> groups;
  private final Path folder = path("folder");
  private final Path sources = path("sources");

  private EndToEnd(List<String> groups) {
    this.groups = groups;
  }

  /** Exits with 0 if every claim held. Arguments: the groups to run, or none for all. */
  public static void main(String[] groups) throws IOException, InterruptedException {
    EndToEnd run = new EndToEnd(List.of(groups));
    run.all();
    run.tally.claim("nothing is left running", () -> Tally.same(List.of(), Child.living()));
    if (!run.tally.close()) {
      System.exit(1);
    }
  }

  private static Path path(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath();
  }

  private boolean wanted(String group, String title) {
    boolean wanted = groups.isEmpty() || groups.contains(group);
    if (wanted) {
      tally.section(title);
    }
    return wanted;
  }

  private void all() throws IOException, InterruptedException {
    tally.section("setting the stage");
    Exporter.Program program = Exporter.Program.sonde(path("sonde.jar"), List.of());
    try (Stage stage = Stage.build(folder, sources)) {
      besideTheReference(stage, program);
      if (wanted("limits", "more scrapes than descriptors")) {
        new LimitsChecks(tally, stage, program).run();
      }
      if (wanted("websocket", "WebSocket servers")) {
        new WebsocketChecks(tally, stage, program).run(sources.resolve("websocket.yml"));
      }
      if (wanted("reload", "configuration at start and on reload")) {
        new ReloadChecks(tally, stage, program).run();
        new AutoReloadChecks(tally, stage, program).run();
      }
      if (wanted("shutdown", "shutdown")) {
        new ShutdownChecks(tally, stage, program).run();
      }
    }
  }

  private void besideTheReference(Stage stage, Exporter.Program program)
      throws IOException, InterruptedException {
    Exporter.Program other = Exporter.Program.reference(path("reference"));
    try (Exporter reference = other.within(stage.environment()).start(folder, stage.modules());
        Exporter sonde = program.within(stage.environment()).start(folder, stage.modules())) {
      sonde.probe("http", "http://127.0.0.1:" + stage.port("http") + "/ok");
      double descriptors = LimitsChecks.settledDescriptors(sonde);
      if (wanted("comparison", "comparison with the reference")) {
        compare(stage, reference, sonde);
      }
      if (wanted("server", "endpoints, asked well and badly")) {
        new ServerChecks(tally, stage, reference, sonde).run(path("promtool"));
      }
      if (wanted("prometheus", "Prometheus")) {
        new PrometheusChecks(tally, stage, reference, sonde)
            .run(path("prometheus"), sources.resolve("prometheus.yml"));
      }
      LimitsChecks.noneLeaked(tally, sonde, descriptors);
    }
  }

  private void compare(Stage stage, Exporter reference, Exporter sonde) throws IOException {
    ExpectedDifferences expected = ExpectedDifferences.read(path("differences"));
    PresenceMatrix presence = PresenceMatrix.read(sources.resolve("presence.txt"));
    List<Case> cases = Case.read(sources.resolve("cases.txt"), stage.values());
    String prefix = System.getProperty("cases", "");
    String version = System.getProperty("reference.version");
    new ConfigChecks(tally, reference, sonde, expected).run();
    new ComparisonChecks(tally, stage, reference, sonde, expected, presence)
        .run(cases, prefix, version);
    if (prefix.isEmpty()) {
      Coverage coverage = Coverage.read(tally, sources.resolve("uncompared.txt"));
      coverage.keys(KeyTables.read(path("keys")), stage.modules(), cases);
      coverage.stages(presence);
    }
  }
}
