package io.sonde.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The result: one row per figure with what it is compared with, ours, and their ratio. */
final class Table {
  private final List<String> rows = new ArrayList<>();

  /** Adds the medians of both sides and how far each spread. */
  void add(String figure, double[] reference, double[] sonde, String format) {
    double theirs = median(reference);
    double ours = median(sonde);
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %s |",
            figure,
            withSpread(reference, format),
            withSpread(sonde, format),
            theirs > 0 ? String.format(Locale.ROOT, "%.2f", ours / theirs) : "");
    rows.add(row);
    System.out.println("bench: " + row);
  }

  /** The table in Markdown. */
  String markdown(String reference, String sonde) {
    return rows.isEmpty()
        ? ""
        : "| figure | "
            + reference
            + " | "
            + sonde
            + " | ratio |\n|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n";
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The value that the given share of the values does not exceed. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  private static String withSpread(double[] values, String format) {
    String middle = String.format(Locale.ROOT, format, median(values));
    if (values.length == 1) {
      return middle;
    }
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    return middle
        + " ("
        + String.format(Locale.ROOT, format, least)
        + " to "
        + String.format(Locale.ROOT, format, most)
        + ")";
  }
}
