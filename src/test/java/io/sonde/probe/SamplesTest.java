package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private final Samples samples = new Samples();

  @Test
  void settingASeriesAgainReplacesItsValue() {
    samples.set(Metric.PROBE_HTTP_STATUS_CODE, 0);
    samples.set(Metric.PROBE_HTTP_STATUS_CODE, 200);
    assertEquals(
        List.of(new Sample(Metric.PROBE_HTTP_STATUS_CODE, List.of(), List.of(), 200)),
        samples.freeze());
  }

  @Test
  void seriesOfOneFamilyAreToldApartByTheirLabels() {
    samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, "connect", 1);
    samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, "tls", 2);
    samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, "connect", 3);
    assertEquals(
        List.of("connect=3.0", "tls=2.0"),
        samples.freeze().stream().map(s -> s.labelValues().get(0) + "=" + s.value()).toList());
  }

  @Test
  void frozenSeriesStandInExpositionOrderWhateverTheOrderOfSetting() {
    samples.set(Metric.PROBE_SUCCESS, 1);
    samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, "tls", 1);
    samples.set(Metric.PROBE_DURATION_SECONDS, 1);
    samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, "connect", 1);
    assertEquals(
        List.of(
            "probe_duration_seconds[]",
            "probe_http_duration_seconds[connect]",
            "probe_http_duration_seconds[tls]",
            "probe_success[]"),
        samples.freeze().stream().map(s -> s.metric().metricName() + s.labelValues()).toList());
  }

  @Test
  void aFrozenCopyDoesNotChange() {
    samples.set(Metric.PROBE_SUCCESS, 1);
    List<Sample> frozen = samples.freeze();
    samples.set(Metric.PROBE_SUCCESS, 0);
    assertEquals(1, frozen.get(0).value());
  }

  @Test
  void labelsAndValuesMustAgree() {
    assertThrows(
        IllegalArgumentException.class, () -> samples.set(Metric.PROBE_HTTP_DURATION_SECONDS, 1));
    assertThrows(
        IllegalArgumentException.class, () -> samples.set(Metric.PROBE_SUCCESS, "surplus", 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> samples.set(Metric.PROBE_FAILURE_INFO, List.of("connect"), 1));
  }

  @Test
  void labelsMayBeNamedByTheModule() {
    samples.set(Metric.PROBE_EXPECT_INFO, List.of("banner"), List.of("220 ready"), 1);
    assertEquals(List.of("banner"), samples.freeze().get(0).labelNames());
  }
}
