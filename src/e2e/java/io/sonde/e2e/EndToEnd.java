package io.sonde.e2e;

import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import java.nio.file.Path;
import java.util.List;

/** Sets the stage, runs every group of checks, and counts. */
public final class EndToEnd {
  private EndToEnd() {}

  /** Exits with 0 if every claim held. Arguments: the groups to run, or none for all. */
  public static void main(String[] groups) throws Exception {
    Tally tally = new Tally();
    Path folder = Path.of(System.getProperty("folder")).toAbsolutePath();
    Path sources = Path.of(System.getProperty("sources")).toAbsolutePath();
    Exporter.Program referenceProgram =
        Exporter.Program.reference(Path.of(System.getProperty("reference")));
    Exporter.Program sondeProgram =
        Exporter.Program.sonde(Path.of(System.getProperty("sonde.jar")), List.of());
    tally.section("setting the stage");
    try (Stage stage = Stage.build(folder, sources);
        Exporter reference = referenceProgram.start(folder, stage.modules());
        Exporter sonde = sondeProgram.start(folder, stage.modules())) {
      if (wanted(groups, "comparison")) {
        tally.section("comparison with the reference");
        new ComparisonChecks(
                tally,
                stage,
                reference,
                sonde,
                ExpectedDifferences.read(Path.of(System.getProperty("differences"))))
            .run(
                sources.resolve("cases.txt"),
                System.getProperty("cases", ""),
                System.getProperty("reference.version"));
      }
      if (wanted(groups, "server")) {
        tally.section("endpoints, asked well and badly");
        new ServerChecks(tally, stage, reference, sonde).run(program("promtool"));
      }
      if (wanted(groups, "prometheus")) {
        tally.section("Prometheus");
        new PrometheusChecks(tally, stage, reference, sonde)
            .run(program("prometheus"), sources.resolve("prometheus.yml"));
      }
      if (wanted(groups, "reload")) {
        tally.section("configuration at start and on reload");
        new ReloadChecks(tally, stage, sondeProgram).run();
      }
      if (wanted(groups, "shutdown")) {
        tally.section("shutdown");
        new ShutdownChecks(tally, stage, sondeProgram).run();
      }
    }
    tally.claim("nothing is left running", () -> Tally.same(List.of(), Child.living()));
    if (!tally.close()) {
      System.exit(1);
    }
  }

  private static Path program(String name) {
    return Path.of(System.getProperty(name)).toAbsolutePath();
  }

  private static boolean wanted(String[] groups, String group) {
    return groups.length == 0 || List.of(groups).contains(group);
  }
}
