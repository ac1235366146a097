package io.sonde.testkit;

import io.sonde.probe.Metric;
import io.sonde.probe.Sample;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Series as text for comparison with a text block: one a line, {@code name{label="value"} value},
 * with a star for what differs from run to run: measured times, and of certificates the dates,
 * serial numbers and fingerprints.
 */
final class Golden {
  private static final String MASK = "*";
  private static final Set<Metric> MASKED_VALUES =
      EnumSet.of(
          Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
          Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS);
  private static final Set<String> MASKED_LABELS = Set.of("fingerprint_sha256", "serialnumber");

  private Golden() {}

  static String of(List<Sample> samples) {
    StringBuilder text = new StringBuilder();
    for (Sample sample : samples) {
      text.append(sample.metric().metricName());
      appendLabels(text, sample);
      text.append(' ').append(value(sample)).append('\n');
    }
    return text.toString();
  }

  private static void appendLabels(StringBuilder text, Sample sample) {
    if (sample.labelNames().isEmpty()) {
      return;
    }
    char separator = '{';
    for (int i = 0; i < sample.labelNames().size(); i++) {
      String name = sample.labelNames().get(i);
      String value = MASKED_LABELS.contains(name) ? MASK : sample.labelValues().get(i);
      text.append(separator).append(name).append("=\"").append(value).append('"');
      separator = ',';
    }
    text.append('}');
  }

  private static String value(Sample sample) {
    return isMeasured(sample.metric()) ? MASK : plain(sample.value());
  }

  private static boolean isMeasured(Metric metric) {
    String name = metric.metricName();
    return MASKED_VALUES.contains(metric)
        || name.endsWith("_duration_seconds")
        || metric == Metric.PROBE_DNS_LOOKUP_TIME_SECONDS;
  }

  private static String plain(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? Double.toString(value)
        : new BigDecimal(value).stripTrailingZeros().toPlainString();
  }
}
