package io.sonde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/capacity.md quotes is what was measured, and its arithmetic is right. */
class CapacityDocumentTest {
  private static final String CAPACITY = read("docs/capacity.md");
  private static final String PERFORMANCE = read("docs/performance.md");
  private static final double INTERVAL_SECONDS = 15;
  private static final double DEADLINE_SECONDS = 9.5;
  private static final double MEAN_SECONDS = 0.99 * 0.1 + 0.01 * DEADLINE_SECONDS;
  private static final double KIB_PER_SERIES = 4;
  private static final double BYTES_PER_SAMPLE = 1.5;

  @Test
  void costsAreThoseThatWereMeasured() {
    for (String kind : List.of("http", "https", "http2", "http3", "tcp", "dns", "grpc", "icmp")) {
      assertEquals(
          measured(kind), number("\\| " + kind + " \\| (\\d+) \\|", CAPACITY), () -> "of " + kind);
    }
  }

  @Test
  void targetsFollowFromCosts() {
    List<double[]> rows = rowsBelow("| probe | CPU per probe");
    assertEquals(8, rows.size());
    for (double[] row : rows) {
      double perSecond = 1e6 / row[1];
      assertEquals(Math.rint(perSecond), row[2]);
      assertEquals(Math.rint(INTERVAL_SECONDS / 2 * perSecond), row[3]);
      assertEquals(Math.rint(60 / 2.0 * perSecond), row[4]);
    }
  }

  @Test
  void memoryIsThatOfTheImage() {
    assertTrue(read("docs/rationale/image.md").contains("2,000 in flight | 76, 83, 130 MB |"));
    assertTrue(
        CAPACITY.contains(
            "76 MB idle, 83 MB after load and 130 MB with 2,000 probes under way: 24 kB for each"));
    assertEquals(24, Math.rint((130 - 83) / 2.0));
    assertTrue(PERFORMANCE.contains("-Xmx256m\"` it was 2.4 to 8.3 KiB"));
    assertTrue(CAPACITY.contains("at up to 8.3 KiB each"));
  }

  @Test
  void whatIsDeployedIsWhatTheMemoryCarries() {
    double bound = number("`--probe.max-in-flight=(\\d+)` is right for 128 MiB", CAPACITY);
    assertEquals(
        Math.rint(bound * INTERVAL_SECONDS / DEADLINE_SECONDS),
        number("carries ([\\d,]+) targets every 15 s", CAPACITY));
    assertEquals(
        bound,
        number("--probe.max-in-flight=(\\d+)", read("docker/kubernetes/base/deployment.yaml")));
  }

  @Test
  void whatIsOnPaperIsArithmetic() {
    double seriesPerTarget = number("`http` \\| \\d+ \\| (\\d+) \\|", read("docs/metrics.md")) + 5;
    assertTrue(CAPACITY.contains(Math.round(seriesPerTarget) + " for https"));
    List<double[]> rows = rowsBelow("| targets | probes per second");
    assertEquals(6, rows.size());
    for (double[] row : rows) {
      double perSecond = row[0] / INTERVAL_SECONDS;
      double series = row[0] * seriesPerTarget;
      near(perSecond, row[1]);
      near(perSecond * measured("https") / 1e6, row[2]);
      near(perSecond * MEAN_SECONDS, row[3]);
      near(perSecond * DEADLINE_SECONDS, row[4]);
      near(perSecond * 2, row[5]);
      assertEquals(series, row[6]);
      near(series * KIB_PER_SERIES / (1024 * 1024), row[7]);
      near(series / INTERVAL_SECONDS * 86_400 * BYTES_PER_SAMPLE / 1e9, row[8]);
    }
  }

  /** Microseconds of CPU per probe, of Sonde. */
  private static double measured(String kind) {
    return number("\\| " + kind + ": CPU per probe, us \\| [^|]+ \\| (\\d+) \\(", PERFORMANCE);
  }

  /** Written with two digits or more. */
  private static void near(double expected, double written) {
    assertEquals(expected, written, expected * 0.03);
  }

  private static double number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return cell(matcher.group(1));
  }

  /** The rows of the table whose head begins so; a cell that is no number is NaN. */
  private static List<double[]> rowsBelow(String head) {
    return CAPACITY
        .substring(CAPACITY.indexOf(head))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.substring(1).split("\\|", -1)))
        .map(cells -> cells.mapToDouble(CapacityDocumentTest::cell).toArray())
        .toList();
  }

  private static double cell(String text) {
    String digits = text.strip().replace(",", "");
    return digits.matches("[\\d.]+") ? Double.parseDouble(digits) : Double.NaN;
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
