package io.sonde.page;

import io.sonde.probe.Fact;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Span;
import io.sonde.view.Addresses;
import io.sonde.view.SeenHop;
import io.sonde.view.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a probe's time went: for each hop its phases, each with a bar on an axis from the beginning
 * of the probe to its end, and what the target answered there.
 */
final class WaterfallTable {
  /** The axis in units of the pictures. */
  private static final long AXIS = 1_000;

  private static final long HEIGHT = 16;
  private static final long LEAST_WIDTH = 3;
  private static final int TICKS = 4;

  private final Html html;
  private final ProbeResult result;
  private final double totalNanos;

  WaterfallTable(Html html, ProbeResult result) {
    this.html = html;
    this.result = result;
    this.totalNanos = Math.max(1, result.duration().toNanos());
  }

  void write(List<SeenHop> hops) {
    html.open(Tag.SECTION).leaf(Tag.H2, "Where the time went");
    for (SeenHop hop : hops) {
      write(hop, hops.size());
    }
    html.close();
  }

  private void write(SeenHop hop, int hops) {
    html.open(Tag.H3);
    if (hops > 1) {
      html.leaf(Tag.SPAN, Look.FAINT, "Hop " + (hop.number() + 1) + " ");
    }
    Fact.Request request = hop.latest(Fact.Request.class);
    html.foreign(
        Texts.cut(
            request == null ? result.request().target() : request.method() + " " + request.url(),
            500));
    html.close();
    Fact.Address address = hop.latest(Fact.Address.class);
    if (address != null) {
      html.leaf(
          Tag.P,
          Look.FAINT,
          Addresses.text(address.remote()) + " (" + Addresses.family(address.remote()) + ")");
    }
    if (!hop.spans().isEmpty()) {
      html.open(Tag.TABLE, Look.WATERFALL);
      html.leaf(Tag.CAPTION, Look.HIDDEN, "Phases of hop " + (hop.number() + 1));
      Tables.head(html, "Phase", "Took", "From 0 to " + Units.time((long) totalNanos));
      html.open(Tag.TBODY);
      hop.spans().forEach(this::write);
      html.close().close();
    }
    HopFacts.write(html, hop, result);
  }

  private void write(Span span) {
    html.open(Tag.TR);
    Tables.rowHead(html).text(span.phase().label()).close();
    html.open(Tag.TD, Look.NUMBER);
    if (span.completed()) {
      html.text(Units.time(span.nanos()));
    } else {
      html.leaf(Tag.STRONG, Look.BAD, "\u2715 " + Units.time(span.nanos()));
      html.leaf(Tag.SPAN, Look.HIDDEN, " and did not end");
    }
    html.close().open(Tag.TD);
    draw(span);
    html.close().close();
  }

  private void draw(Span span) {
    long from = position(span.startNanos() - result.startNanos(), AXIS - LEAST_WIDTH);
    long width = Math.max(LEAST_WIDTH, position(span.nanos(), AXIS - from));
    html.open(Tag.SVG).set(Attribute.VIEW_BOX, "0 0 " + AXIS + " " + HEIGHT);
    html.set(Attribute.PRESERVE_ASPECT_RATIO, "none").set(Attribute.ARIA_HIDDEN, "true");
    for (int tick = 0; tick <= TICKS; tick++) {
      html.open(Tag.LINE).set(Attribute.X1, tick * AXIS / TICKS).set(Attribute.Y1, 0);
      html.set(Attribute.X2, tick * AXIS / TICKS).set(Attribute.Y2, HEIGHT).close();
    }
    bar(html, span.completed() ? Look.of(span.phase()) : Look.BROKEN, from, 2, width, HEIGHT - 4);
    html.close();
  }

  /** A bar of a picture. */
  static void bar(Html html, @Nullable Look look, long x, long y, long width, long height) {
    html.open(Tag.RECT);
    if (look != null) {
      html.is(look);
    }
    html.set(Attribute.X, x).set(Attribute.Y, y);
    html.set(Attribute.WIDTH, width).set(Attribute.HEIGHT, height).close();
  }

  private long position(long nanos, long most) {
    return Math.max(0, Math.min(most, Math.round(nanos / totalNanos * AXIS)));
  }
}
