package io.sonde.rig;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The text exposition taken apart: families by name, each with its series by label text. */
public record Exposition(Map<String, Family> families) {

  /**
   * One metric family; {@code series} maps a label text such as {@code {phase="tls"}} to a value.
   */
  public record Family(String help, String type, Map<String, String> series) {}

  /** Reads text format 0.0.4. OpenMetrics of gauges reads the same, its {@code # EOF} aside. */
  public static Exposition parse(String text) {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, Map<String, String>> series = new TreeMap<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("# HELP ")) {
        String[] parts = line.split(" ", 4);
        helps.put(parts[2], parts.length > 3 ? parts[3] : "");
      } else if (line.startsWith("# TYPE ")) {
        String[] parts = line.split(" ", 4);
        types.put(parts[2], parts[3]);
        series.computeIfAbsent(parts[2], name -> new LinkedHashMap<>());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        int end = line.indexOf('{') >= 0 ? line.lastIndexOf('}') + 1 : line.indexOf(' ');
        int name = line.indexOf('{') >= 0 ? line.indexOf('{') : end;
        series
            .computeIfAbsent(line.substring(0, name), ignored -> new LinkedHashMap<>())
            .put(line.substring(name, end), line.substring(end).trim().split(" ")[0]);
      }
    }
    Map<String, Family> families = new TreeMap<>();
    series.forEach(
        (name, values) ->
            families.put(
                name,
                new Family(
                    helps.getOrDefault(name, ""), types.getOrDefault(name, "untyped"), values)));
    return new Exposition(families);
  }

  /** The value of the series without labels, or an empty text. */
  public String value(String family) {
    return value(family, "");
  }

  /** The value of one series, or an empty text. */
  public String value(String family, String labels) {
    Family found = families.get(family);
    return found == null ? "" : found.series().getOrDefault(labels, "");
  }
}
