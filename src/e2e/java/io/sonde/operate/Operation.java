package io.sonde.operate;

import io.sonde.rig.Child;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prepares the ground, runs every group of checks, and counts. */
public final class Operation {
  private final Tally tally = Tally.ofAll("operate");
  private final List<String> groups;

  private Operation(List<String> groups) {
    this.groups = groups;
  }

  /** Exits with 0 if every claim held. Arguments: the groups to run, or none for all. */
  public static void main(String[] groups) throws IOException, InterruptedException {
    Operation operation = new Operation(List.of(groups));
    operation.all();
    operation.tally.claim("nothing is left running", () -> Tally.same(List.of(), Child.living()));
    if (!operation.tally.close()) {
      System.exit(1);
    }
  }

  /** A path that a system property names. */
  static Path path(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath();
  }

  /** A group of checks, which claims what it finds. */
  private interface Checks {
    void run() throws IOException, InterruptedException;
  }

  private void group(String name, String title, Checks checks) throws InterruptedException {
    if (groups.isEmpty() || groups.contains(name)) {
      tally.section(title);
      try {
        checks.run();
      } catch (IOException | AssertionError e) {
        // One group that cannot go on must not hide what the others find.
        tally.claim(
            name + ": runs to its end",
            () -> {
              throw e;
            });
      }
    }
  }

  private void all() throws IOException, InterruptedException {
    tally.section("preparing the ground");
    try (Ground ground = Ground.prepare(path("folder"), path("sources"))) {
      group("scrapes", "Prometheus over TLS", () -> new ScrapeChecks(tally, ground).run());
      group(
          "refusals",
          "what is refused, beside the reference",
          () -> new RefusalChecks(tally, ground).run());
      group("reload", "a storm of reloads", () -> new StormChecks(tally, ground).run());
      group("crowd", "a crowd of useless connections", () -> new CrowdChecks(tally, ground).run());
      boolean soak = Boolean.getBoolean("soak");
      group("guesses", "wrong passwords", () -> new GuessChecks(tally, ground, soak).run());
      group("soak", "many probes", () -> new SoakChecks(tally, ground, soak).run());
      group("policy", "ways around a policy", () -> new PolicyChecks(tally, ground).run());
      group("wire", "bad bytes and other listeners", () -> new WireChecks(tally, ground).run());
    }
  }
}
