package io.sonde.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Failure;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Sample;
import io.sonde.probe.Span;
import io.sonde.probe.Trail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A probe that is over, and what can be demanded of it. */
public final class Outcome {
  private final ProbeResult result;

  Outcome(ProbeResult result) {
    this.result = result;
  }

  /** The result itself. */
  public ProbeResult result() {
    return result;
  }

  /** Demands success. */
  public Outcome passed() {
    assertTrue(result.verdict().success(), () -> "expected success, got " + result.verdict());
    return this;
  }

  /** Demands a failure there and so. */
  public Outcome failedIn(Phase phase, Reason reason) {
    Failure failure = failure();
    assertEquals(
        phase.label() + "/" + reason.label(),
        failure.phase().label() + "/" + failure.reason().label(),
        failure::toString);
    return this;
  }

  /** Demands that the message of the failure contains a text. */
  public Outcome saying(String text) {
    assertTrue(
        failure().message().contains(text),
        () -> "expected " + text + " in: " + failure().message());
    return this;
  }

  /** Demands that the caller had left. */
  public Outcome wasAbandoned() {
    assertTrue(result.abandoned(), "expected the run to be abandoned");
    return this;
  }

  /** Demands that these phases were entered, in this order, and no other; hops are not told. */
  public Outcome inPhases(Phase... phases) {
    assertEquals(List.of(phases), result.spans().stream().map(Span::phase).toList());
    return this;
  }

  /** Demands that it took at least that long. There is no upper bound to demand on any machine. */
  public Outcome lastedAtLeast(Duration time) {
    assertTrue(
        result.duration().compareTo(time) >= 0,
        () -> "expected at least " + time + ", took " + result.duration());
    return this;
  }

  /** The value of the one series of that family with those label values. */
  public double value(Metric metric, String... labelValues) {
    return result.samples().stream()
        .filter(s -> s.metric() == metric && s.labelValues().equals(List.of(labelValues)))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "expected " + metric.metricName() + List.of(labelValues) + " in:\n" + golden()))
        .value();
  }

  /** Demands the value of a series. */
  public Outcome shows(double value, Metric metric, String... labelValues) {
    assertEquals(value, value(metric, labelValues), metric::metricName);
    return this;
  }

  /** The series of a family. */
  public List<Sample> series(Metric metric) {
    return result.samples().stream().filter(s -> s.metric() == metric).toList();
  }

  /** The value of a label of the only series of that family. */
  public String label(Metric metric, String labelName) {
    List<Sample> series = series(metric);
    assertEquals(1, series.size(), () -> "series of " + metric.metricName() + " in:\n" + golden());
    return series.get(0).labelValues().get(series.get(0).labelNames().indexOf(labelName));
  }

  /** Demands that these families are there. */
  public Outcome has(Metric... metrics) {
    for (Metric metric : metrics) {
      assertFalse(series(metric).isEmpty(), () -> "expected " + metric + " in:\n" + golden());
    }
    return this;
  }

  /** Demands that these families are not there. */
  public Outcome hasNo(Metric... metrics) {
    for (Metric metric : metrics) {
      assertTrue(series(metric).isEmpty(), () -> "expected no " + metric + " in:\n" + golden());
    }
    return this;
  }

  /** The messages of the trail at a level or above, oldest first. */
  public List<String> notes(Trail.Level level) {
    return result.trail().stream()
        .filter(entry -> entry.level().compareTo(level) >= 0)
        .map(Trail.Entry::message)
        .toList();
  }

  /** All series as text, one a line, with a star for what differs from run to run. */
  public String golden() {
    return Golden.of(result.samples());
  }

  /** Demands all series, as {@link #golden()} writes them. */
  public Outcome exposes(String golden) {
    assertEquals(golden, golden());
    return this;
  }

  private Failure failure() {
    Failure failure = result.verdict().failure();
    if (failure == null) {
      throw new AssertionError("expected a failure, but the probe passed");
    }
    return failure;
  }

  /** What holds for every result of every prober. */
  void keepsTheRules() {
    assertEquals(result.verdict().success() ? 1 : 0, value(Metric.PROBE_SUCCESS));
    assertEquals(result.duration().toNanos() / 1e9, value(Metric.PROBE_DURATION_SECONDS));
    assertEquals(result.request().timeout().toNanos() / 1e9, value(Metric.PROBE_TIMEOUT_SECONDS));
    failureInfoAgreesWithTheVerdict();
    spansAreInOrder();
    samplesAreSortedAndUnique();
    SeriesCount.of(result).isWithinBounds();
  }

  private void failureInfoAgreesWithTheVerdict() {
    List<List<String>> infos =
        series(Metric.PROBE_FAILURE_INFO).stream().map(Sample::labelValues).toList();
    Failure failure = result.verdict().failure();
    assertEquals(
        failure == null
            ? List.of()
            : List.of(List.of(failure.phase().label(), failure.reason().label())),
        infos,
        "a failed probe has exactly one probe_failure_info, a passed one none");
  }

  private void spansAreInOrder() {
    long cursor = result.startNanos();
    for (Span span : result.spans()) {
      assertTrue(span.startNanos() >= cursor, () -> "spans overlap: " + result.spans());
      assertTrue(span.endNanos() >= span.startNanos(), () -> "span ends early: " + span);
      cursor = span.endNanos();
    }
    long end = cursor;
    assertTrue(
        end <= result.startNanos() + result.duration().toNanos(),
        () -> "a span ends after the probe: " + result.spans());
    if (result.verdict().success()) {
      assertTrue(
          result.spans().stream().allMatch(this::wasCompletedInTheEnd),
          () -> "a passed probe broke off a phase: " + result.spans());
    }
  }

  /** An attempt may fail if another one of the same phase and hop succeeds. */
  private boolean wasCompletedInTheEnd(Span span) {
    return result.spans().stream()
        .anyMatch(
            other ->
                other.completed() && other.phase() == span.phase() && other.hop() == span.hop());
  }

  private void samplesAreSortedAndUnique() {
    List<String> names = new ArrayList<>();
    Set<List<Object>> series = new HashSet<>();
    for (Sample sample : result.samples()) {
      names.add(sample.metric().metricName());
      assertTrue(
          series.add(List.of(sample.metric(), sample.labelNames(), sample.labelValues())),
          () -> "a series stands there twice: " + sample);
    }
    assertEquals(names.stream().sorted().toList(), names, "families are sorted by name");
  }
}
