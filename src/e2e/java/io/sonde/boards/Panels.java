package io.sonde.boards;

import io.sonde.rig.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks what the panels of a dashboard ask, and claims that there is something to be seen. */
final class Panels {
  /** Rules are evaluated after what they are made of was scraped, and rates need two scrapes. */
  private static final long PATIENCE_NANOS = 25_000_000_000L;

  private static final long PAUSE_MILLIS = 500;
  private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

  private final Tally tally;
  private final Source source;
  private final Dashboard dashboard;

  Panels(Tally tally, Source source, Dashboard dashboard) {
    this.tally = tally;
    this.source = source;
    this.dashboard = dashboard;
  }

  /** Panels whose titles begin with one of {@code unjudged} are passed over, and said to be. */
  void judge(List<String> unjudged) throws IOException {
    List<Selection> selections = Selection.all(dashboard, source);
    for (Dashboard.Panel panel : dashboard.panels()) {
      if (unjudged.stream().anyMatch(panel.title()::startsWith)) {
        tally.skip(dashboard.title() + ": " + panel.title());
        continue;
      }
      tally.claim(
          dashboard.title() + ": " + panel.title() + " shows something",
          () -> {
            Set<String> labels = new TreeSet<>();
            for (Dashboard.Query query : panel.queries()) {
              labels.addAll(shows(query, selections));
            }
            hasColumns(panel, labels);
          });
    }
    tally.claim(
        dashboard.title() + ": shows the same whether all is chosen or each by its name",
        () -> {
          List<Selection> listed = Selection.listed(dashboard, source);
          for (Dashboard.Panel panel : dashboard.panels()) {
            for (Dashboard.Query query : panel.queries()) {
              if (!query.expression().contains("topk") && !query.expression().contains("bottomk")) {
                Tally.same(
                    panel.title() + seen(query, selections.get(0)),
                    panel.title() + seen(query, listed.get(0)));
              }
            }
          }
        });
  }

  /**
   * The labels of what it brings; for what compares with before, each choice must bring something.
   */
  private Set<String> shows(Dashboard.Query query, List<Selection> selections)
      throws IOException, InterruptedException {
    Set<String> labels = new TreeSet<>();
    Set<String> wanting = new LinkedHashSet<>();
    if (query.expression().contains("$compare")) {
      for (Selection selection : selections) {
        wanting.add(selection.fill("$compare"));
      }
    } else {
      wanting.add("");
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!wanting.isEmpty()) {
      for (Selection selection : selections) {
        String ago = wanting.contains("") ? "" : selection.fill("$compare");
        List<Map<String, String>> found = wanting.contains(ago) ? ask(query, selection) : List.of();
        if (!found.isEmpty()) {
          wanting.remove(ago);
          found.forEach(series -> labels.addAll(series.keySet()));
          hasLabels(query, found);
        }
      }
      if (!wanting.isEmpty()) {
        Tally.isTrue(
            System.nanoTime() < end,
            "no data " + wanting + ": " + selections.get(0).fill(query.expression()));
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return labels;
  }

  private List<Map<String, String>> ask(Dashboard.Query query, Selection selection)
      throws IOException {
    return source.series(selection.fill(query.expression()), query.instant());
  }

  private Set<Map<String, String>> seen(Dashboard.Query query, Selection selection)
      throws IOException {
    return Set.copyOf(ask(query, selection));
  }

  private static void hasLabels(Dashboard.Query query, List<Map<String, String>> found) {
    Matcher label = LABEL.matcher(query.legend());
    while (label.find()) {
      String name = label.group(1);
      Tally.isTrue(
          found.stream().anyMatch(series -> series.containsKey(name)),
          "no label " + name + " for " + query.legend() + " in " + found.get(0));
    }
  }

  /** Of a table each column is a label or the value of a query. */
  private static void hasColumns(Dashboard.Panel panel, Set<String> labels) {
    for (Json step : panel.json().at("transformations").items()) {
      List<String> known = new ArrayList<>(labels);
      panel.queries().forEach(query -> known.add("Value #" + query.ref()));
      List<String> unknown = new ArrayList<>(step.at("options").at("renameByName").keys());
      unknown.removeAll(known);
      Tally.same(List.of(), unknown);
    }
  }
}
