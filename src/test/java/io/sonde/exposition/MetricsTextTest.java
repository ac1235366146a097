package io.sonde.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Metric;
import io.sonde.probe.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  private static final List<Sample> SAMPLES =
      List.of(
          sample(Metric.PROBE_DURATION_SECONDS, List.of(), 0.005489578),
          sample(Metric.PROBE_HTTP_DURATION_SECONDS, List.of("connect"), 1.4712e-05),
          sample(Metric.PROBE_HTTP_DURATION_SECONDS, List.of("resolve"), 0),
          sample(Metric.PROBE_IP_ADDR_HASH, List.of(), 3668918509.0),
          sample(Metric.PROBE_SUCCESS, List.of(), 1));

  @Test
  void textHasHelpAndTypeOncePerFamily() {
    assertEquals(
        """
        # HELP probe_duration_seconds Returns how long the probe took to complete in seconds
        # TYPE probe_duration_seconds gauge
        probe_duration_seconds 0.005489578
        # HELP probe_http_duration_seconds Duration of http request by phase, summed over all redirects
        # TYPE probe_http_duration_seconds gauge
        probe_http_duration_seconds{phase="connect"} 1.4712e-05
        probe_http_duration_seconds{phase="resolve"} 0
        # HELP probe_ip_addr_hash Specifies the hash of IP address. It's useful to detect if the IP address changes.
        # TYPE probe_ip_addr_hash gauge
        probe_ip_addr_hash 3.668918509e+09
        # HELP probe_success Displays whether or not the probe was a success
        # TYPE probe_success gauge
        probe_success 1
        """,
        render(SAMPLES, ""));
  }

  @Test
  void openMetricsIsTheSameWithAnEnd() {
    assertEquals(render(SAMPLES, "") + "# EOF\n", render(SAMPLES, "application/openmetrics-text"));
  }

  @Test
  void labelValuesAreEscaped() {
    Sample certificate =
        sample(
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            List.of("ab", "CN=a\\,b", "01", "O=\"x\"\ny", "ü.example,b"),
            1);
    assertEquals(
        """
        # HELP probe_ssl_last_chain_info Contains SSL leaf certificate information
        # TYPE probe_ssl_last_chain_info gauge
        probe_ssl_last_chain_info{fingerprint_sha256="ab",issuer="CN=a\\\\,b",serialnumber="01",\
        subject="O=\\"x\\"\\ny",subjectalternative="ü.example,b"} 1
        """,
        render(List.of(certificate), ""));
  }

  @Test
  void namesThatAModuleChoseAreSortedAndEscapedAsAsked() {
    Sample sample =
        new Sample(
            Metric.PROBE_EXPECT_INFO,
            List.of("b", "a-b", "1.x", "a_b"),
            List.of("1", "2", "3", "4"),
            1);
    assertEquals("{_.x=\"3\",a_b=\"2\",b=\"1\"}".replace('.', '_'), labels(sample, "underscores"));
    assertEquals("{\"1.x\"=\"3\",\"a-b\"=\"2\",a_b=\"4\",b=\"1\"}", labels(sample, "allow-utf-8"));
    assertEquals(
        "{U___31__2e_x=\"3\",U__a_2d_b=\"2\",a_b=\"4\",b=\"1\"}", labels(sample, "values"));
    assertEquals("{___dot_x=\"3\",a__b=\"2\",b=\"1\"}", labels(sample, "dots"));
  }

  @Test
  void gzipReadsBackWhateverItsSize() throws IOException {
    Random random = new Random(1);
    Gzip gzip = new Gzip();
    try (gzip) {
      for (int size : new int[] {0, 1, 2_400, 100_000, 5, 1_000_000, 3}) {
        byte[] plain = new byte[size];
        random.nextBytes(plain);
        gzip.compress(plain, size);
        byte[] packed = java.util.Arrays.copyOf(gzip.array(), gzip.length());
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
          org.junit.jupiter.api.Assertions.assertArrayEquals(plain, in.readAllBytes());
        }
      }
    }
  }

  private static String labels(Sample sample, String escaping) {
    String text = render(List.of(sample), "text/plain;escaping=" + escaping);
    String name = escaping.equals("dots") ? "probe__expect__info" : "probe_expect_info";
    String[] lines = text.split("\n");
    assertEquals(name, lines[2].substring(0, name.length()));
    return lines[2].substring(name.length(), lines[2].length() - 2);
  }

  private static String render(List<Sample> samples, String accept) {
    TextBuffer text = new TextBuffer();
    MetricsText.write(samples, Format.negotiate(accept), text);
    return new String(text.copy(), StandardCharsets.UTF_8);
  }

  private static Sample sample(Metric metric, List<String> labelValues, double value) {
    return new Sample(metric, metric.labelNames(), labelValues, value);
  }
}
