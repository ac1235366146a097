package io.sonde.page;

import io.sonde.probe.Failure;
import io.sonde.probe.ProbeResult;
import io.sonde.view.Units;
import java.time.Instant;

/** A probe as a row of a table. */
final class ProbeRow {
  private ProbeRow() {}

  static void write(Html html, ProbeResult result, Instant now) {
    String module = result.request().module().name();
    String target = result.request().target();
    html.open(Tag.TR).open(Tag.TD).foreign(module).close();
    html.open(Tag.TD, Look.TARGET).open(Tag.A).href(Link.inRow(module, target, result.id()));
    html.foreign(Texts.cut(target)).close().close();
    writeOutcome(html, result);
    html.leaf(Tag.TD, Look.NUMBER, Units.time(result.duration().toNanos()));
    html.open(Tag.TD, Look.NUMBER);
    Ages.write(html, now, result.startedAt());
    html.close().open(Tag.TD).open(Tag.A).href(Link.to("logs").with("id", "" + result.id()));
    html.text("Logs").leaf(Tag.SPAN, Look.HIDDEN, " of probe " + result.id()).close();
    html.close().close();
  }

  /** A cell that says how it ended, with a link to all of it. */
  static void writeOutcome(Html html, ProbeResult result) {
    Failure failure = result.verdict().failure();
    html.open(Tag.TD, failure == null ? Look.OK : Look.BAD);
    html.open(Tag.A).href(Link.probe(result.id()));
    if (failure == null) {
      html.text("Success").close();
    } else {
      html.leaf(Tag.STRONG, "Failure").close().text(" ");
      html.leaf(
          Tag.SPAN, Look.FAINT, failure.phase().label() + ": " + Reasons.words(failure.reason()));
    }
    html.close();
  }
}
