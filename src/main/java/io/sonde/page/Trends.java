package io.sonde.page;

import io.sonde.history.Point;
import io.sonde.probe.Phase;
import io.sonde.view.Units;
import java.util.List;
import java.util.function.ToLongFunction;

/** How long each phase took over the latest results, as small pictures beside numbers. */
final class Trends {
  private static final int SLOTS = 60;
  private static final int SLOT_WIDTH = 10;
  private static final int BAR_WIDTH = 8;
  private static final int HEIGHT = 40;
  private static final int MARK_HEIGHT = 5;
  private static final int GAP = 2;
  private static final long NANOS_PER_MICRO = 1_000;

  private Trends() {}

  static void write(Html html, List<Point> points) {
    if (points.isEmpty()) {
      return;
    }
    html.open(Tag.SECTION).leaf(Tag.H2, "Trend").open(Tag.TABLE, Look.SPARK);
    html.leaf(
        Tag.CAPTION,
        "The latest "
            + Units.count(points.size(), "result")
            + ", the newest at the right; failures are marked below.");
    Tables.head(html, "Phase", "Last", "Median", "Longest", "Each");
    html.open(Tag.TBODY);
    row(html, "all", Look.TOTAL, points, Point::durationMicros);
    for (Phase phase : Phase.values()) {
      if (points.stream().anyMatch(point -> point.phaseMicros().containsKey(phase))) {
        row(html, phase.label(), Look.of(phase), points, point -> micros(point, phase));
      }
    }
    html.close().close().close();
  }

  private static long micros(Point point, Phase phase) {
    return point.phaseMicros().getOrDefault(phase, 0L);
  }

  private static void row(
      Html html, String name, Look look, List<Point> points, ToLongFunction<Point> micros) {
    long[] sorted = points.stream().mapToLong(micros).sorted().toArray();
    html.open(Tag.TR);
    Tables.rowHead(html).text(name).close();
    number(html, micros.applyAsLong(points.get(points.size() - 1)));
    number(html, sorted[sorted.length / 2]);
    number(html, sorted[sorted.length - 1]);
    html.open(Tag.TD);
    draw(html, look, points, micros, sorted[sorted.length - 1]);
    html.close().close();
  }

  private static void number(Html html, long micros) {
    html.leaf(Tag.TD, Look.NUMBER, Units.time(micros * NANOS_PER_MICRO));
  }

  private static void draw(
      Html html, Look look, List<Point> points, ToLongFunction<Point> micros, long longest) {
    int room = HEIGHT - MARK_HEIGHT - GAP;
    html.open(Tag.SVG);
    html.set(Attribute.VIEW_BOX, "0 0 " + SLOTS * SLOT_WIDTH + " " + HEIGHT);
    html.set(Attribute.PRESERVE_ASPECT_RATIO, "none").set(Attribute.ARIA_HIDDEN, "true");
    for (int i = 0; i < points.size(); i++) {
      long x = (long) (SLOTS - points.size() + i) * SLOT_WIDTH;
      long height =
          Math.round((double) room * micros.applyAsLong(points.get(i)) / Math.max(1, longest));
      if (height > 0) {
        WaterfallTable.bar(html, look, x, room - height, BAR_WIDTH, height);
      }
      if (!points.get(i).success()) {
        WaterfallTable.bar(html, Look.BROKEN, x, HEIGHT - MARK_HEIGHT, BAR_WIDTH, MARK_HEIGHT);
      }
    }
    html.close();
  }
}
