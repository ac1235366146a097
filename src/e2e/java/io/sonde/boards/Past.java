package io.sonde.boards;

import io.sonde.rig.Child;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives a Prometheus that is a few seconds old a past: what it has seen is also what it saw a week
 * ago. Without it, no query that compares with before could have an answer.
 */
final class Past {
  /** A line of {@code promtool tsdb dump}. */
  private static final Pattern SAMPLE =
      Pattern.compile("\\{__name__=\"([^\"]+)\"(?:, )?(.*)} (\\S+) (\\d+)");

  /** Between labels, of which the reader of OpenMetrics wants no blank. */
  private static final Pattern BLANK = Pattern.compile("(?<!\\\\)\", (?=\\w+=\")");

  /** The past ends when the copy will have been made, since it is looked at from then on. */
  private static final long MAKING_MILLIS = 2_000;

  private final Path promtool;
  private final Path folder;
  private final Path data;

  Past(Path promtool, Path folder) {
    this.promtool = promtool;
    this.folder = folder;
    data = folder.resolve("prometheus");
  }

  /** Copies all samples into the past, once for each duration; the Prometheus must have ended. */
  void copy(List<Long> agoMillis) throws IOException, InterruptedException {
    List<Matcher> samples = samples();
    long last = samples.stream().mapToLong(Past::millis).max().orElseThrow();
    long later = System.currentTimeMillis() + MAKING_MILLIS - last;
    for (long ago : agoMillis) {
      Path file = folder.resolve("past-" + ago + ".om");
      write(file, samples, ago - later);
      promtool("tsdb", "create-blocks-from", "openmetrics", file.toString(), data.toString());
    }
  }

  private List<Matcher> samples() throws IOException, InterruptedException {
    List<Matcher> samples = new ArrayList<>();
    for (String line : promtool("tsdb", "dump", data.toString()).split("\n")) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches() && !sample.group(3).equals("NaN")) {
        samples.add(sample);
      }
    }
    return samples;
  }

  private static void write(Path file, List<Matcher> samples, long ago) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (Matcher sample : samples) {
        String labels = BLANK.matcher(sample.group(2)).replaceAll("\",");
        double seconds = (millis(sample) - ago) / 1_000.0;
        out.printf(
            Locale.ROOT, "%s{%s} %s %.3f%n", sample.group(1), labels, sample.group(3), seconds);
      }
      out.println("# EOF");
    }
  }

  private static long millis(Matcher sample) {
    return Long.parseLong(sample.group(4));
  }

  private String promtool(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(promtool.toString()));
    command.addAll(List.of(words));
    return Child.run(folder, command.toArray(String[]::new));
  }
}
