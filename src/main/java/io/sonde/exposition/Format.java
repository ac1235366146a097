package io.sonde.exposition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text format that metrics are answered in, as a scraper's {@code Accept} header chose it.
 *
 * @param openMetrics OpenMetrics text rather than the Prometheus text format 0.0.4
 * @param escaping what becomes of unusual names
 * @param contentType the Content-Type that says so
 */
public record Format(boolean openMetrics, Escaping escaping, String contentType) {
  /** What is answered when nothing else is asked for. */
  public static final Format TEXT = text(Escaping.UNDERSCORES);

  private static final String OPEN_METRICS = "application/openmetrics-text";

  /** One entry of an {@code Accept} header. */
  private record Range(String type, double quality, String version, @Nullable Escaping escaping) {
    boolean wildcard() {
      return type.endsWith("/*");
    }
  }

  /**
   * Chooses by an {@code Accept} header. Its entries are looked at by falling quality, and the
   * first that is a format of ours decides. The last {@code escaping} met up to and including that
   * entry counts, even one that stands on an entry which is of no use itself: that is how the
   * scraper's wish has always been read.
   *
   * @param accept the header's value, or null
   */
  public static Format negotiate(@Nullable String accept) {
    if (accept == null || accept.isEmpty()) {
      return TEXT;
    }
    Escaping escaping = Escaping.UNDERSCORES;
    for (Range range : ranges(accept)) {
      if (range.escaping() != null) {
        escaping = range.escaping();
      }
      if (range.quality() > 0 && isOpenMetrics(range)) {
        return openMetrics(range.version().equals("0.0.1") ? "0.0.1" : "1.0.0", escaping);
      }
      if (range.type().equals("text/plain")
          && (range.version().isEmpty() || range.version().equals("0.0.4"))) {
        return text(escaping);
      }
    }
    return text(escaping);
  }

  private static boolean isOpenMetrics(Range range) {
    return range.type().equals(OPEN_METRICS)
        && (range.version().isEmpty()
            || range.version().equals("1.0.0")
            || range.version().equals("0.0.1"));
  }

  private static Format text(Escaping escaping) {
    return new Format(
        false, escaping, "text/plain; version=0.0.4; charset=utf-8; escaping=" + escaping.term());
  }

  private static Format openMetrics(String version, Escaping escaping) {
    return new Format(
        true,
        escaping,
        OPEN_METRICS + "; version=" + version + "; charset=utf-8; escaping=" + escaping.term());
  }

  private static List<Range> ranges(String accept) {
    List<Range> ranges = new ArrayList<>(6);
    for (String entry : accept.split(",", -1)) {
      ranges.add(range(entry));
    }
    ranges.sort(
        Comparator.comparingDouble(Range::quality).reversed().thenComparing(Range::wildcard));
    return ranges;
  }

  private static Range range(String entry) {
    String[] parts = entry.split(";", -1);
    double quality = 1;
    String version = "";
    Escaping escaping = null;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0) {
        continue;
      }
      String value = parts[i].substring(equals + 1).trim();
      switch (parts[i].substring(0, equals).trim()) {
        case "q" -> quality = quality(value);
        case "version" -> version = value;
        case "escaping" -> escaping = Escaping.of(value);
        default -> {}
      }
    }
    return new Range(parts[0].trim().toLowerCase(Locale.ROOT), quality, version, escaping);
  }

  /** A quality value; what is none counts as 1. */
  static double quality(String value) {
    if (value.isEmpty() || value.length() > 8) {
      return 1;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return 1;
      }
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException ignored) {
      return 1;
    }
  }
}
