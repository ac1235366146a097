package io.sonde.boards;

import io.sonde.rig.Tally;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Claims of a dashboard that need no data: where panels stand, what they say, what they look like.
 */
final class Layout {
  private static final int COLUMNS = 24;
  private static final String SOURCE = "${datasource}";

  /** The palette of Okabe and Ito, a grey, and a white for dots on a heat map. */
  private static final Set<String> COLOURS =
      Set.of(
          "#0072B2", "#56B4E9", "#009E73", "#F0E442", "#E69F00", "#D55E00", "#CC79A7", "#8E8E8E");

  private static final Pattern COLOUR =
      Pattern.compile(
          "(?:color|fixedColor)=(#\\w+|[a-z-]*(?:red|green|blue|yellow|orange)[a-z-]*)\\b");
  private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)");

  private final Tally tally;
  private final Dashboard dashboard;
  private final Set<String> uids;

  Layout(Tally tally, Dashboard dashboard, Set<String> uids) {
    this.tally = tally;
    this.dashboard = dashboard;
    this.uids = uids;
  }

  void judge() {
    claim("fills its grid, each place once", this::fillsTheGrid);
    claim("has titles, descriptions, units and ids of their own", this::saysWhatItShows);
    claim("names no data source but that of its variable", this::leavesTheSourceOpen);
    claim("uses colours that everybody tells apart", this::usesThePalette);
    claim("has an id that stays, and links that lead somewhere", this::isLinked);
  }

  private void claim(String what, Tally.Proof proof) {
    tally.claim(dashboard.title() + ": " + what, proof);
  }

  private void fillsTheGrid() {
    List<Json> places =
        dashboard.json().at("panels").items().stream().map(panel -> panel.at("gridPos")).toList();
    int height =
        places.stream().mapToInt(at -> at.at("y").number() + at.at("h").number()).max().orElse(0);
    int[][] cells = new int[height][COLUMNS];
    for (Json at : places) {
      for (int y = at.at("y").number(); y < at.at("y").number() + at.at("h").number(); y++) {
        for (int x = at.at("x").number(); x < at.at("x").number() + at.at("w").number(); x++) {
          cells[y][x]++;
        }
      }
    }
    for (int y = 0; y < height; y++) {
      Tally.isTrue(
          Arrays.stream(cells[y]).allMatch(n -> n == 1),
          "row " + y + ": " + Arrays.toString(cells[y]));
    }
  }

  private void saysWhatItShows() {
    Set<String> titles = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (Json panel : dashboard.json().at("panels").items()) {
      Tally.isTrue(ids.add(panel.at("id").number()), "second panel " + panel.at("id").number());
    }
    for (Dashboard.Panel panel : dashboard.panels()) {
      Tally.isTrue(titles.add(panel.title()), "second panel called " + panel.title());
      Tally.isTrue(
          panel.json().at("description").text().length() > 10, panel.title() + " says nothing");
      Json defaults = panel.json().at("fieldConfig").at("defaults");
      Tally.isTrue(!defaults.at("unit").text().isEmpty(), panel.title() + " has no unit");
      Tally.isTrue(
          !defaults.at("thresholds").at("steps").items().isEmpty(),
          panel.title() + " has no thresholds");
      Tally.isTrue(!panel.queries().isEmpty(), panel.title() + " asks nothing");
    }
  }

  private void leavesTheSourceOpen() {
    for (Dashboard.Panel panel : dashboard.panels()) {
      Tally.same(SOURCE, panel.json().at("datasource").at("uid").text());
      for (Json target : panel.json().at("targets").items()) {
        Tally.same(SOURCE, target.at("datasource").at("uid").text());
      }
    }
    for (Json variable : dashboard.variables()) {
      if (variable.at("type").text().equals("query")) {
        Tally.same(SOURCE, variable.at("datasource").at("uid").text());
      }
    }
    Tally.same("datasource", dashboard.variables().get(0).at("name").text());
  }

  private void usesThePalette() {
    Set<String> others = new TreeSet<>();
    Matcher colour = COLOUR.matcher(dashboard.json().text());
    while (colour.find()) {
      if (!COLOURS.contains(colour.group(1))) {
        others.add(colour.group(1));
      }
    }
    Tally.same(Set.of(), others);
  }

  private void isLinked() {
    Tally.same("sonde-" + dashboard.name(), dashboard.json().at("uid").text());
    Matcher link = LINK.matcher(dashboard.json().text());
    while (link.find()) {
      Tally.isTrue(uids.contains(link.group(1)), "no dashboard " + link.group(1));
    }
  }
}
