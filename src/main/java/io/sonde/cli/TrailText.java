package io.sonde.cli;

import io.sonde.exposition.GoNumber;
import io.sonde.exposition.GoQuote;
import io.sonde.probe.Trail;
import java.util.List;

/** Notes of a run as text: the message, then names and values. */
final class TrailText {
  private TrailText() {}

  static String line(Trail.Entry entry) {
    StringBuilder line = new StringBuilder(entry.message());
    List<Object> attributes = entry.attributes();
    for (int i = 0; i + 1 < attributes.size(); i += 2) {
      line.append("  ").append(attributes.get(i)).append('=').append(value(attributes.get(i + 1)));
    }
    return line.toString();
  }

  private static String value(Object value) {
    if (value instanceof Double number) {
      return GoNumber.format(number);
    }
    String text = String.valueOf(value);
    return text.isEmpty() || text.indexOf(' ') >= 0 ? GoQuote.quote(text) : text;
  }
}
