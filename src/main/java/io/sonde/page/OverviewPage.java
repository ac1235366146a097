package io.sonde.page;

import io.sonde.history.Slice;
import io.sonde.history.TargetState;
import io.sonde.server.QueryString;
import io.sonde.view.Units;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How everything is: what fails, each target as a tile, and the latest probes. */
final class OverviewPage implements Page {
  private static final int MOST_FAILING = 50;
  private static final int MOST_PROBES = 40;

  private final PageSources sources;

  OverviewPage(PageSources sources) {
    this.sources = sources;
  }

  @Override
  public Content content(QueryString query, String rest) {
    Filter filter = Filter.of(query);
    Instant now = sources.clock().instant();
    List<TargetState> all = sources.history().targets();
    List<TargetState> wanted = all.stream().filter(filter::wants).toList();
    List<TargetState> failing =
        wanted.stream()
            .filter(state -> !state.success() && !StatusMap.isQuiet(state, now))
            .sorted(Comparator.comparing(TargetState::since).reversed())
            .toList();
    Slice probes = sources.history().search(filter.query(MOST_PROBES));
    String heading = heading(wanted.size(), failing.size(), filter);
    String title = failing.isEmpty() ? "Overview" : failing.size() + " failing";
    return new Content(
        200,
        title,
        Place.OVERVIEW,
        true,
        html -> {
          html.open(Tag.H1, failing.isEmpty() ? Look.PLAIN : Look.BAD).text(heading).close();
          if (all.isEmpty()) {
            writeWelcome(html);
            return;
          }
          writeFilter(html, filter, modules(all));
          writeFailing(html, failing, now);
          new StatusMap(html, now).write(wanted);
          writeProbes(html, probes, filter, now);
          writeForPrograms(html);
        });
  }

  private static String heading(int targets, int failing, Filter filter) {
    if (targets == 0) {
      return filter.isOpen() ? "No probes yet" : "No target is like that";
    }
    String count = Units.count(targets, "target");
    if (failing > 0) {
      return failing + " of " + count + (failing == 1 ? " fails" : " fail");
    }
    return targets == 1 ? "The target passes" : "All " + count + " pass";
  }

  private static Set<String> modules(List<TargetState> all) {
    Set<String> modules = new TreeSet<>();
    all.forEach(state -> modules.add(state.module()));
    return modules;
  }

  private static void writeWelcome(Html html) {
    html.open(Tag.P).text("Results appear here as soon as Prometheus, or somebody else, asks for ");
    html.text("probes. ").open(Tag.A).href(Place.TRY_IT.link()).text("Try one").close();
    html.text(" now.").close();
    writeForPrograms(html);
  }

  private static void writeFilter(Html html, Filter filter, Set<String> modules) {
    html.open(Tag.FORM, Look.FILTER).set(Attribute.METHOD, "get").action(Link.HOME);
    html.set(Attribute.ROLE, "search").set(Attribute.ARIA_LABEL, "Filter targets and probes");
    Forms.label(html, "module", "Module");
    Forms.select(html, "module", "any", modules, filter.module());
    Forms.label(html, "target", "Target contains");
    html.open(Tag.INPUT).set(Attribute.ID, "target").set(Attribute.NAME, "target");
    html.set(Attribute.TYPE, "search").set(Attribute.VALUE, filter.target());
    html.set(Attribute.SPELLCHECK, "false").set(Attribute.AUTOCOMPLETE, "off");
    Forms.label(html, "result", "Result");
    Boolean success = filter.success();
    Forms.select(
        html,
        "result",
        "any",
        List.of(Filter.FAILED, Filter.PASSED),
        success == null ? "" : success ? Filter.PASSED : Filter.FAILED);
    html.open(Tag.BUTTON).set(Attribute.TYPE, "submit").text("Filter").close();
    if (!filter.isOpen()) {
      html.open(Tag.A).href(Link.HOME).text("Clear").close();
    }
    html.close();
  }

  private static void writeFailing(Html html, List<TargetState> failing, Instant now) {
    if (failing.isEmpty()) {
      return;
    }
    html.open(Tag.SECTION).leaf(Tag.H2, "Failing now").open(Tag.TABLE, Look.CARDS);
    html.leaf(Tag.CAPTION, Look.HIDDEN, "Targets whose latest probe failed, the newest first");
    Tables.head(html, "Target", "Module", "Why", "Failing", "Last probe");
    html.open(Tag.TBODY);
    for (TargetState state : failing.subList(0, Math.min(MOST_FAILING, failing.size()))) {
      html.open(Tag.TR).open(Tag.TD, Look.TARGET);
      html.open(Tag.A).href(Link.inRow(state.module(), state.target(), state.last().id()));
      html.foreign(Texts.cut(state.target())).close().close();
      html.open(Tag.TD).foreign(state.module()).close();
      html.open(Tag.TD);
      Reasons.write(html, state);
      html.close();
      html.open(Tag.TD, Look.NUMBER);
      html.text("for ");
      Ages.writeSpan(html, now, state.since());
      html.close().open(Tag.TD, Look.NUMBER);
      Ages.write(html, now, state.last().startedAt());
      html.close().close();
    }
    html.close().close();
    if (failing.size() > MOST_FAILING) {
      html.leaf(
          Tag.P,
          Look.FAINT,
          "and " + (failing.size() - MOST_FAILING) + " more: see the map, or narrow the filter");
    }
    html.close();
  }

  private static void writeProbes(Html html, Slice probes, Filter filter, Instant now) {
    html.open(Tag.SECTION).leaf(Tag.H2, "Recent Probes");
    if (probes.results().isEmpty()) {
      html.leaf(Tag.P, Look.FAINT, "None is kept that is like that.").close();
      return;
    }
    html.open(Tag.TABLE, Look.CARDS)
        .leaf(Tag.CAPTION, Look.HIDDEN, "Probes that are kept, the newest first");
    Tables.head(html, "Module", "Target", "Result", "Took", "When", "Debug");
    html.open(Tag.TBODY);
    probes.results().forEach(result -> ProbeRow.write(html, result, now));
    html.close().close();
    if (probes.next() != null) {
      html.open(Tag.P).open(Tag.A).href(filter.from(probes.next())).text("Older probes").close();
      html.close();
    }
    html.close();
  }

  private static void writeForPrograms(Html html) {
    Link probe = Link.to("probe").with("target", "prometheus.io").with("module", "http_2xx");
    html.open(Tag.SECTION)
        .leaf(Tag.H2, "For Prometheus")
        .open(Tag.P)
        .text("A scrape job asks for ");
    html.open(Tag.A).href(probe).leaf(Tag.CODE, "probe?target=prometheus.io&module=http_2xx");
    html.close().text("; with ").open(Tag.A).href(probe.with("debug", "true"));
    html.leaf(Tag.CODE, "debug=true").close().text(" the answer is a report in text.");
    html.close().close();
  }
}
