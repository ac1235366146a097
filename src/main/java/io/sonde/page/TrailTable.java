package io.sonde.page;

import io.sonde.exposition.GoNumber;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Trail;
import java.util.List;
import java.util.Locale;

/** What a probe noted on its way. */
final class TrailTable {
  private static final int MOST_NOTES = 200;
  private static final int MOST_VALUE = 500;
  private static final double NANOS_PER_MILLI = 1e6;

  private TrailTable() {}

  static void write(Html html, ProbeResult result) {
    if (result.trail().isEmpty()) {
      return;
    }
    html.open(Tag.SECTION).leaf(Tag.H2, "Trail").open(Tag.TABLE, Look.CARDS);
    html.leaf(Tag.CAPTION, Look.HIDDEN, "What the probe noted on its way, the oldest first");
    Tables.head(html, "After", "Level", "What");
    html.open(Tag.TBODY);
    List<Trail.Entry> trail = result.trail();
    trail.stream().limit(MOST_NOTES).forEach(entry -> write(html, result, entry));
    html.close().close();
    if (trail.size() > MOST_NOTES) {
      html.leaf(
          Tag.P,
          Look.FAINT,
          "and " + (trail.size() - MOST_NOTES) + " more, which the report as text has");
    }
    html.close();
  }

  private static void write(Html html, ProbeResult result, Trail.Entry entry) {
    double millis = (entry.atNanos() - result.startNanos()) / NANOS_PER_MILLI;
    html.open(Tag.TR).open(Tag.TD, Look.NUMBER);
    html.text(String.format(Locale.ROOT, "%.2f ms", millis)).close();
    String level = entry.level().name().toLowerCase(Locale.ROOT);
    html.open(Tag.TD, Look.LEVEL).leaf(Tag.SPAN, look(entry.level()), level).close();
    html.open(Tag.TD).foreign(entry.message());
    List<Object> attributes = entry.attributes();
    for (int i = 0; i + 1 < attributes.size(); i += 2) {
      html.text(" ").open(Tag.SPAN, Look.FAINT);
      html.foreign(Texts.cut(String.valueOf(attributes.get(i)))).text(" ").close();
      html.open(Tag.CODE).foreign(Texts.cut(value(attributes.get(i + 1)), MOST_VALUE));
      html.close();
    }
    html.close().close();
  }

  private static String value(Object value) {
    return value instanceof Double number ? GoNumber.format(number) : String.valueOf(value);
  }

  private static Look look(Trail.Level level) {
    return switch (level) {
      case ERROR -> Look.BAD;
      case WARN -> Look.WARN;
      case INFO -> Look.PLAIN;
      case DEBUG -> Look.FAINT;
    };
  }
}
