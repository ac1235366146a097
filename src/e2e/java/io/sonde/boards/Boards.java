package io.sonde.boards;

import io.sonde.rig.Child;
import io.sonde.rig.Prometheus;
import io.sonde.rig.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prepares targets, Sonde and Prometheus, puts every question of every dashboard, and counts. */
public final class Boards {
  private static final int TARGETS = 19;

  /** So many seconds of scrapes are what the past is made of. */
  private static final int SEEN_SCRAPES = 10;

  private static final List<Long> PASTS =
      Stream.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(28))
          .map(Duration::toMillis)
          .toList();

  private final Tally tally = Tally.ofFailures("boards");
  private final boolean names = Boolean.getBoolean("names");

  private Boards() {}

  /** Exits with 0 if every claim held. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Boards boards = new Boards();
    boards.all();
    boards.tally.claim("nothing is left running", () -> Tally.same(List.of(), Child.living()));
    if (!boards.tally.close()) {
      System.exit(1);
    }
  }

  private static Path path(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath();
  }

  private void all() throws IOException, InterruptedException {
    List<Dashboard> dashboards = dashboards();
    Set<String> uids =
        dashboards.stream().map(each -> each.json().at("uid").text()).collect(Collectors.toSet());
    dashboards.forEach(each -> new Layout(tally, each, uids).judge());
    new Document(tally).judge(path("document"), dashboards);
    tally.section("preparing the ground");
    Path program = path("prometheus");
    try (Ground ground = new Ground(path("folder"), path("sources"), path("rules"), names)) {
      tally.section("a Prometheus that sees it for the first time");
      try (Prometheus first = ground.prometheus(program)) {
        first.await("count(count_over_time(probe_success[1m]) >= " + SEEN_SCRAPES + ")", TARGETS);
        first.await("count(job:probe_error_budget:left30d)", 1);
      }
      tally.section("giving it a past");
      new Past(path("promtool"), path("folder")).copy(PASTS);
      try (Prometheus second = ground.prometheus(program)) {
        second.await("count(probe_success)", TARGETS);
        questions(dashboards, new Source(second.port()));
      }
    }
  }

  private void questions(List<Dashboard> dashboards, Source source) throws IOException {
    for (Dashboard dashboard : dashboards) {
      tally.section(dashboard.title() + ", " + dashboard.panels().size() + " panels");
      new Panels(tally, source, dashboard).judge(names ? List.of() : List.of("Name servers"));
    }
    tally.section("dashboards that people had before");
    new Legacy(tally, source).judge(path("legacy"));
  }

  private static List<Dashboard> dashboards() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(path("boards"))) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Dashboard> dashboards = new ArrayList<>();
    for (Path file : files) {
      dashboards.add(Dashboard.read(file));
    }
    return dashboards;
  }
}
