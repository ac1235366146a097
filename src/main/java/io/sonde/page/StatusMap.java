package io.sonde.page;

import io.sonde.history.TargetState;
import io.sonde.view.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each target as a tile, in a row for each module: first those that fail, then those that pass,
 * then those that nobody has asked for lately. Tiles are links whose names show when one points at
 * them; what lists they stand in says how they are.
 */
final class StatusMap {
  /** Longer than scrapers usually wait between two probes. */
  private static final Duration QUIET = Duration.ofMinutes(15);

  /** Characters of a page beyond which no more tiles are put on it. */
  private static final int MOST_LENGTH = 172_000;

  private final Html html;
  private final Instant now;
  private int left;

  StatusMap(Html html, Instant now) {
    this.html = html;
    this.now = now;
  }

  /** Whether the target was not probed for so long that nobody may want to know any more. */
  static boolean isQuiet(TargetState state, Instant now) {
    return state.last().startedAt().isBefore(now.minus(QUIET));
  }

  /** Writes those targets, which are in the order of their modules. */
  void write(List<TargetState> targets) {
    if (targets.isEmpty()) {
      return;
    }
    Map<String, List<TargetState>> modules = new LinkedHashMap<>();
    for (TargetState state : targets) {
      modules.computeIfAbsent(state.module(), name -> new ArrayList<>()).add(state);
    }
    html.open(Tag.SECTION, Look.MAP).leaf(Tag.H2, "All targets");
    modules.forEach(this::write);
    if (left > 0) {
      html.leaf(Tag.P, Look.FAINT, "and " + left + " more: narrow the filter to see them");
    }
    html.close();
  }

  private void write(String module, List<TargetState> states) {
    List<TargetState> quiet = states.stream().filter(state -> isQuiet(state, now)).toList();
    List<TargetState> fresh = states.stream().filter(state -> !isQuiet(state, now)).toList();
    List<TargetState> failing = fresh.stream().filter(state -> !state.success()).toList();
    html.open(Tag.DIV, Look.ROW).open(Tag.H3);
    html.open(Tag.A).href(Link.to("modules").with("module", module)).foreign(module).close();
    html.leaf(Tag.SPAN, Look.FAINT, " " + count(states.size(), failing.size(), quiet.size()));
    html.close();
    list("failing", Look.BAD, failing);
    list("passing", Look.OK, fresh.stream().filter(TargetState::success).toList());
    list("not probed for a while", Look.QUIET, quiet);
    html.close();
  }

  private static String count(int all, int failing, int quiet) {
    String text = Units.count(all, "target");
    text += failing == 0 ? "" : ", " + failing + " failing";
    return quiet == 0 ? text : text + ", " + quiet + " not probed for a while";
  }

  private void list(String label, Look look, List<TargetState> states) {
    if (states.isEmpty()) {
      return;
    }
    html.open(Tag.UL, look).set(Attribute.ARIA_LABEL, label);
    for (TargetState state : states) {
      if (html.length() > MOST_LENGTH) {
        left++;
        continue;
      }
      html.open(Tag.LI).open(Tag.A).href(Link.target(state.module(), state.target()));
      html.leaf(Tag.B, Texts.cut(state.target())).close().close();
    }
    html.close();
  }
}
