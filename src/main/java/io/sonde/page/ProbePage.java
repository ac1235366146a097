package io.sonde.page;

import io.sonde.config.ConfigPrinter;
import io.sonde.config.Durations;
import io.sonde.exposition.Format;
import io.sonde.exposition.MetricsText;
import io.sonde.exposition.TextBuffer;
import io.sonde.probe.Fact;
import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.server.HostnameParameter;
import io.sonde.server.QueryString;
import io.sonde.view.Advice;
import io.sonde.view.SeenHop;
import io.sonde.view.Units;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /probes/ID}: all that is known of one probe. */
final class ProbePage implements Page {
  /** Most characters of texts that modules and targets have a say in. */
  private static final int MOST_TEXT = 64 * 1024;

  private final PageSources sources;

  ProbePage(PageSources sources) {
    this.sources = sources;
  }

  @Override
  public Content content(QueryString query, String rest) {
    ProbeResult result = find(rest);
    return result == null
        ? Content.problem(
            404,
            "No such probe",
            "It is no longer kept, or there never was one of that number. Failures, and the latest"
                + " probes of each target, are kept the longest.")
        : of(result);
  }

  private @Nullable ProbeResult find(String number) {
    try {
      return sources.history().find(Long.parseLong(number));
    } catch (NumberFormatException ignored) {
      return null;
    }
  }

  /** The page of a result, be it kept or not. */
  Content of(ProbeResult result) {
    String target = Texts.cut(result.request().target());
    String outcome = result.verdict().success() ? "Passed" : "Failed";
    return Content.of(
        outcome + ": " + target,
        null,
        html -> {
          writeVerdict(html, result);
          writeLinks(html, result);
          List<SeenHop> hops = SeenHop.of(result);
          new WaterfallTable(html, result).write(hops);
          Fact.Certificates sent = SeenHop.latest(hops, Fact.Certificates.class);
          if (sent != null) {
            CertificateTable.write(html, sent.sent(), result.startedAt());
          }
          TrailTable.write(html, result);
          writeMetrics(html, result);
          writeModule(html, result);
          new Snippets(sources.location()).write(html, result);
        });
  }

  private void writeVerdict(Html html, ProbeResult result) {
    Failure failure = result.verdict().failure();
    Instant now = sources.clock().instant();
    html.open(Tag.SECTION, Look.VERDICT);
    html.open(Tag.H1, failure == null ? Look.OK : Look.BAD);
    html.text(
        failure == null ? "Passed" : "Failed: " + Advice.on(failure, result.request()).words());
    html.close();
    html.open(Tag.P, Look.TARGET);
    html.open(Tag.A).href(Link.target(result.request().module().name(), result.request().target()));
    html.foreign(result.request().target()).close().close();
    if (failure != null) {
      html.open(Tag.P, Look.STEP).foreign(failure.message()).close();
      html.open(Tag.P).leaf(Tag.STRONG, "Check next: ");
      html.text(Advice.on(failure, result.request()).next()).close();
    }
    html.open(Tag.DL, Look.FACTS);
    html.open(Tag.DIV).leaf(Tag.DT, "Module").open(Tag.DD).open(Tag.A);
    html.href(Link.to("modules").with("module", result.request().module().name()));
    html.foreign(result.request().module().name()).close().close().close();
    Tables.fact(html, "Took", Units.time(result.duration().toNanos()));
    Tables.fact(html, "Limit", Durations.format(result.request().timeout()));
    html.open(Tag.DIV).leaf(Tag.DT, "Began").open(Tag.DD);
    Ages.write(html, now, result.startedAt());
    html.text(", " + Units.date(result.startedAt())).close().close();
    if (failure != null) {
      Tables.fact(html, "Phase", failure.phase().label());
      Tables.fact(html, "Reason", failure.reason().label());
    }
    Tables.fact(html, "Probe", Long.toString(result.id()));
    String trace = result.traceId();
    if (trace != null) {
      Tables.fact(html, "Trace", trace);
    }
    html.close().close();
  }

  private void writeLinks(Html html, ProbeResult result) {
    String module = result.request().module().name();
    html.open(Tag.NAV, Look.LINKS).set(Attribute.ARIA_LABEL, "About this probe");
    Link again = Place.TRY_IT.link().with("module", module);
    html.open(Tag.A).href(again.with("target", result.request().target())).text("Probe again");
    html.close();
    html.open(Tag.A).href(Link.to("logs").with("id", "" + result.id())).text("Report as text");
    html.close();
    for (LinksOut.Named link : sources.links().of(result)) {
      html.open(Tag.A).href(link.link()).text(link.name()).close();
    }
    html.close();
  }

  private static void writeMetrics(Html html, ProbeResult result) {
    TextBuffer text = new TextBuffer();
    MetricsText.write(result.samples(), Format.TEXT, text);
    writeText(html, "Metrics", text.toString());
  }

  private static void writeModule(Html html, ProbeResult result) {
    writeText(html, "Module", ConfigPrinter.print(HostnameParameter.apply(result.request())));
  }

  private static void writeText(Html html, String heading, String text) {
    html.open(Tag.SECTION).open(Tag.DETAILS).open(Tag.SUMMARY).leaf(Tag.H2, heading).close();
    html.open(Tag.PRE).lines(Texts.cut(text, MOST_TEXT)).close().close().close();
  }
}
