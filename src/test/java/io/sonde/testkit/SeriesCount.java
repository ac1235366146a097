package io.sonde.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.ProbeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How many series a result is, beside what {@code docs/metrics.md} promises of its prober. */
final class SeriesCount {
  private static final Map<String, Row> ROWS = rows();

  private final String prober;
  private final Row promised;
  private final boolean showsTls;
  private final long series;
  private final String golden;

  private SeriesCount(ProbeResult result) {
    prober = String.valueOf(result.request().module().prober());
    promised = ROWS.getOrDefault(prober, Row.ANY);
    showsTls = result.samples().stream().anyMatch(s -> s.metric() == Metric.PROBE_TLS_VERSION_INFO);
    series = result.samples().stream().filter(s -> s.metric() != Metric.PROBE_EXPECT_INFO).count();
    golden = Golden.of(result.samples());
  }

  /** The series of a result; those that matches of the module's expressions make are left out. */
  static SeriesCount of(ProbeResult result) {
    return new SeriesCount(result);
  }

  /** Demands the number of an ordinary probe that passes. */
  void isAsUsual() {
    assertEquals(showsTls ? promised.overTls : promised.plain, series, golden);
  }

  /** Demands no more than there may ever be. */
  void isWithinBounds() {
    assertTrue(series <= promised.most, () -> prober + ": " + series + " series:\n" + golden);
  }

  private record Row(long plain, long overTls, long most) {
    /** Of probers that are no real ones. */
    static final Row ANY = new Row(0, 0, Long.MAX_VALUE);
  }

  private static Map<String, Row> rows() {
    try {
      return Pattern.compile(
              "^\\| `(\\w+)` \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$", Pattern.MULTILINE)
          .matcher(Files.readString(Path.of("docs", "metrics.md")))
          .results()
          .collect(
              Collectors.toMap(
                  row -> row.group(1),
                  row ->
                      new Row(
                          Long.parseLong(row.group(2)),
                          Long.parseLong(row.group(3)),
                          Long.parseLong(row.group(4)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
