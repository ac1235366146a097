package io.sonde.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8; escaping=";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=";

  /** What Prometheus 3 sends by default. */
  private static final String PROMETHEUS_3 =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
          + "application/openmetrics-text;version=0.0.1;q=0.4,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
          + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

  @Test
  void prometheusGetsOpenMetricsAsItPrefers() {
    assertEquals(OPEN_METRICS + "allow-utf-8", type(PROMETHEUS_3));
  }

  @Test
  void everybodyElseGetsText() {
    assertEquals(TEXT + "underscores", type(null));
    assertEquals(TEXT + "underscores", type(""));
    assertEquals(TEXT + "underscores", type("*/*"));
    assertEquals(TEXT + "underscores", type("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"));
    assertEquals(TEXT + "underscores", type("text/plain;version=0.0.4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain;escaping=values|values",
        "text/plain;escaping=dots|dots",
        "text/plain;escaping=nonsense|underscores",
        "text/plain;q=0.5,foo/bar;escaping=values;q=0.9|values",
        "text/plain;q=0.9,foo/bar;escaping=values;q=0.5|underscores",
        "foo/bar;escaping=values,foo/bar;escaping=dots|dots",
        "text/plain;version=1.0.0;escaping=allow-utf-8|allow-utf-8",
      })
  void theLastEscapingUpToTheEntryThatDecidesIsEchoed(String accept, String escaping) {
    assertEquals(TEXT + escaping, type(accept));
  }

  @Test
  void textBeforeOpenMetricsMeansText() {
    assertEquals(
        TEXT + "underscores",
        type("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;q=0.5"));
    assertEquals(TEXT + "underscores", type("application/openmetrics-text;q=0,text/plain;q=0.1"));
    assertEquals(TEXT + "underscores", type("application/openmetrics-text;version=2.0.0"));
  }

  @Test
  void malformedEntriesDoNotMatter() {
    assertEquals(TEXT + "underscores", type(",;;,=;q=,text/plain;q=x"));
    assertEquals(TEXT + "underscores", type(";".repeat(10_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "gzip, deflate|true",
        "deflate, gzip;q=0.5|true",
        "gzip;q=0.5, identity;q=0.2|true",
        "identity, gzip|false",
        "*|false",
        "gzip;q=0|false",
        "identity|false",
        "zstd|false",
        "''|false",
      })
  void gzipIsUsedOnlyIfRatedHigherThanThePlainAnswer(String acceptEncoding, boolean gzip) {
    assertEquals(gzip, Encodings.prefersGzip(acceptEncoding));
  }

  private static String type(@org.jspecify.annotations.Nullable String accept) {
    return Format.negotiate(accept).contentType();
  }
}
