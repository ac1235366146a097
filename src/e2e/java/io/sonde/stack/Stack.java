package io.sonde.stack;

import io.sonde.rig.Child;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Plays an outage from end to end, asks what people ask of blackbox_exporter, and counts. */
public final class Stack {
  private Stack() {}

  /** Exits with 0 if every claim held. */
  public static void main(String[] none) throws IOException, InterruptedException {
    Tally tally = Tally.ofAll("stack");
    tally.section("starting targets, Sonde, Prometheus and Alertmanager");
    try (Scene scene = new Scene(path("folder"), path("sources"), path("config"))) {
      new OutageChecks(tally, scene).run();
      new LegacyChecks(tally, scene, path("sources").resolve("legacy/alerts.yml")).run();
      new RunbookChecks(tally, scene, Path.of("docs", "runbooks")).run();
      new SondeChecks(tally, scene).run();
    }
    tally.claim("nothing is left running", () -> Tally.same(List.of(), Child.living()));
    if (!tally.close()) {
      System.exit(1);
    }
  }

  private static Path path(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath();
  }
}
