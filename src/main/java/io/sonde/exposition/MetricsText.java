package io.sonde.exposition;

import io.sonde.probe.Metric;
import io.sonde.probe.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes the series of one probe in a text format. What never changes about a family, its name,
 * HELP and TYPE lines, is made once; a probe's answer is mostly copies of those bytes.
 */
public final class MetricsText {
  private static final byte[] OPEN_METRICS_END = ascii("# EOF\n");

  /** A family's fixed bytes: the lines before its series, and what each series begins with. */
  private static final class Family {
    final byte[] header;
    final byte[] name;

    Family(byte[] header, byte[] name) {
      this.header = header;
      this.name = name;
    }
  }

  /**
   * Made when first asked for: scrapers that want names with their underscores doubled are rare.
   */
  private static final class DottedNames {
    static final Map<Metric, Family> TEXT = families(Escaping.DOTS, false);
    static final Map<Metric, Family> OPEN_METRICS = families(Escaping.DOTS, true);
  }

  private static final Map<Metric, Family> TEXT = families(Escaping.UNDERSCORES, false);
  private static final Map<Metric, Family> OPEN_METRICS = families(Escaping.UNDERSCORES, true);

  private MetricsText() {}

  /**
   * Appends the samples, which are in exposition order.
   *
   * @param to where the text goes
   */
  public static void write(List<Sample> samples, Format format, TextBuffer to) {
    Map<Metric, Family> families = familiesOf(format);
    Metric previous = null;
    for (Sample sample : samples) {
      Family family = Objects.requireNonNull(families.get(sample.metric()));
      if (sample.metric() != previous) {
        previous = sample.metric();
        to.append(family.header);
      } else {
        to.append(family.name);
      }
      if (!sample.labelNames().isEmpty()) {
        writeLabels(sample, format.escaping(), to);
      }
      to.append(' ').append(sample.value()).append('\n');
    }
    if (format.openMetrics()) {
      to.append(OPEN_METRICS_END);
    }
  }

  private static void writeLabels(Sample sample, Escaping escaping, TextBuffer to) {
    if (sample.labelNames() != sample.metric().labelNames()) {
      writeForeignLabels(sample, escaping, to);
      return;
    }
    List<String> names = sample.labelNames();
    char separator = '{';
    for (int i = 0; i < names.size(); i++) {
      String name = escaping == Escaping.DOTS ? escaping.apply(names.get(i)) : names.get(i);
      to.append(separator).append(name);
      writeValue(sample.labelValues().get(i), to);
      separator = ',';
    }
    to.append('}');
  }

  /** Writes labels that a module names: in no order, and with any characters. */
  private static void writeForeignLabels(Sample sample, Escaping escaping, TextBuffer to) {
    List<String> names = sample.labelNames();
    int[] sorted =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparing(names::get))
            .mapToInt(Integer::intValue)
            .toArray();
    Set<String> seen = new HashSet<>();
    char separator = '{';
    for (int i : sorted) {
      String name = escaping.apply(names.get(i));
      if (!seen.add(name)) {
        // Two names that become one would make the whole answer unreadable to the scraper.
        continue;
      }
      to.append(separator);
      if (Escaping.isClassic(name)) {
        to.append(name);
      } else {
        to.append('"').appendEscaped(name, true).append('"');
      }
      writeValue(sample.labelValues().get(i), to);
      separator = ',';
    }
    to.append('}');
  }

  private static void writeValue(String value, TextBuffer to) {
    to.append('=').append('"').appendEscaped(value, true).append('"');
  }

  private static Map<Metric, Family> familiesOf(Format format) {
    if (format.escaping() == Escaping.DOTS) {
      return format.openMetrics() ? DottedNames.OPEN_METRICS : DottedNames.TEXT;
    }
    return format.openMetrics() ? OPEN_METRICS : TEXT;
  }

  private static Map<Metric, Family> families(Escaping escaping, boolean openMetrics) {
    Map<Metric, Family> families = new EnumMap<>(Metric.class);
    TextBuffer text = new TextBuffer();
    for (Metric metric : Metric.values()) {
      String name = escaping.apply(metric.metricName());
      text.clear();
      text.append("# HELP ").append(name).append(' ');
      text.appendEscaped(metric.help(), openMetrics).append('\n');
      text.append("# TYPE ").append(name).append(" gauge\n").append(name);
      families.put(metric, new Family(text.copy(), ascii(name)));
    }
    return families;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
