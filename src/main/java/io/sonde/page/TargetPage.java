package io.sonde.page;

import io.sonde.history.Point;
import io.sonde.history.Query;
import io.sonde.history.TargetState;
import io.sonde.probe.ProbeResult;
import io.sonde.server.QueryString;
import io.sonde.view.Units;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /targets?module=&target=}: how one target was over time, as one module sees it. */
final class TargetPage implements Page {
  private static final int MOST_KEPT = 100;
  private static final double PERCENT = 100;

  private final PageSources sources;

  TargetPage(PageSources sources) {
    this.sources = sources;
  }

  @Override
  public Content content(QueryString query, String rest) {
    String module = query.firstOrEmpty("module");
    String target = query.firstOrEmpty("target");
    TargetState state = sources.history().target(module, target);
    if (state == null) {
      return Content.problem(
          404, "Nothing is known of this target", "It was not probed by that module, or long ago.");
    }
    List<Point> points = sources.history().points(module, target);
    Set<Long> kept = kept(state);
    return new Content(
        200,
        Texts.cut(state.target()),
        null,
        true,
        html -> {
          writeHeading(html, state);
          writeLinks(html, state, points);
          Trends.write(html, points);
          writePoints(html, points, kept);
          html.open(Tag.SECTION).leaf(Tag.H2, "As a scrape job of Prometheus");
          html.open(Tag.PRE, Look.BARE);
          html.lines(new Snippets(sources.location()).scrapeJob(state.module(), state.target()));
          html.close().close();
        });
  }

  private Set<Long> kept(TargetState state) {
    Query query =
        new Query(
            state.module(), state.target(), null, null, null, null, Long.MAX_VALUE, MOST_KEPT);
    Set<Long> kept = new HashSet<>();
    for (ProbeResult result : sources.history().search(query).results()) {
      kept.add(result.id());
    }
    return kept;
  }

  private void writeHeading(Html html, TargetState state) {
    Instant now = sources.clock().instant();
    html.open(Tag.SECTION, Look.VERDICT);
    html.open(Tag.H1, Look.TARGET).foreign(state.target()).close();
    html.open(Tag.P, state.success() ? Look.OK : Look.BAD);
    html.leaf(Tag.STRONG, state.success() ? "Passing" : "Failing");
    html.text(" for ");
    Ages.writeSpan(html, now, state.since());
    if (!state.success()) {
      html.text(": ");
      Reasons.write(html, state);
    }
    html.close();
    html.open(Tag.DL, Look.FACTS);
    html.open(Tag.DIV).leaf(Tag.DT, "Module").open(Tag.DD).open(Tag.A);
    html.href(Link.to("modules").with("module", state.module())).foreign(state.module()).close();
    html.close().close();
    html.open(Tag.DIV).leaf(Tag.DT, "Last probe").open(Tag.DD);
    Ages.write(html, now, state.last().startedAt());
    html.close().close();
    long all = state.passed() + state.failed();
    Tables.fact(
        html,
        "Passed",
        String.format(
            Locale.ROOT,
            "%,d of %,d (%.1f %%)",
            state.passed(),
            all,
            PERCENT * state.passed() / all));
    html.open(Tag.DIV).leaf(Tag.DT, "Known since").open(Tag.DD);
    Ages.write(html, now, state.firstSeen());
    html.close().close();
    html.close().close();
  }

  private void writeLinks(Html html, TargetState state, List<Point> points) {
    html.open(Tag.NAV, Look.LINKS).set(Attribute.ARIA_LABEL, "About this target");
    Link again = Place.TRY_IT.link().with("module", state.module());
    html.open(Tag.A).href(again.with("target", state.target())).text("Probe now").close();
    writeLast(html, "Last failure", state.lastFailure());
    writeLast(html, "Last success", state.lastSuccess());
    Instant first = points.isEmpty() ? state.firstSeen() : points.get(0).startedAt();
    for (LinksOut.Named link :
        sources.links().of(state.module(), state.target(), first, state.last().startedAt())) {
      html.open(Tag.A).href(link.link()).text(link.name()).close();
    }
    html.close();
  }

  private static void writeLast(Html html, String name, @Nullable ProbeResult result) {
    if (result != null) {
      html.open(Tag.A).href(Link.probe(result.id())).text(name).close();
    }
  }

  private void writePoints(Html html, List<Point> points, Set<Long> kept) {
    Instant now = sources.clock().instant();
    html.open(Tag.SECTION).leaf(Tag.H2, "Latest results").open(Tag.TABLE);
    html.leaf(Tag.CAPTION, Look.HIDDEN, "The latest results, the newest first");
    Tables.head(html, "When", "Result", "Took");
    html.open(Tag.TBODY);
    for (int i = points.size() - 1; i >= 0; i--) {
      Point point = points.get(i);
      html.open(Tag.TR).open(Tag.TD);
      Ages.write(html, now, point.startedAt());
      html.close();
      writeOutcome(html, point, kept.contains(point.id()));
      html.leaf(Tag.TD, Look.NUMBER, Units.time(point.durationMicros() * 1_000)).close();
    }
    html.close().close().close();
  }

  private static void writeOutcome(Html html, Point point, boolean kept) {
    html.open(Tag.TD, point.success() ? Look.OK : Look.BAD);
    if (kept) {
      html.open(Tag.A).href(Link.probe(point.id()));
    }
    html.leaf(point.success() ? Tag.SPAN : Tag.STRONG, point.success() ? "Success" : "Failure");
    if (kept) {
      html.close();
    }
    if (point.reason() != null && point.failedIn() != null) {
      html.leaf(
          Tag.SPAN,
          Look.FAINT,
          " " + point.failedIn().label() + ": " + Reasons.words(point.reason()));
    }
    html.close();
  }
}
