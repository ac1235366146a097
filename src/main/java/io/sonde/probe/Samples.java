package io.sonde.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The series that a run has set so far. Setting a series again replaces its value, so that a prober
 * can register a family at 0 and fill it in later. Confined to the run's loop.
 */
public final class Samples {
  private static final Comparator<Sample> EXPOSITION_ORDER =
      Comparator.comparing(Sample::metric).thenComparing(Samples::compareLabelValues);

  private final List<Sample> samples = new ArrayList<>(24);

  Samples() {}

  /** Sets a series without labels. */
  public void set(Metric metric, double value) {
    set(metric, metric.labelNames(), List.of(), value);
  }

  /** Sets a series with one label. */
  public void set(Metric metric, String labelValue, double value) {
    set(metric, metric.labelNames(), List.of(labelValue), value);
  }

  /** Sets a series with the labels of its family. */
  public void set(Metric metric, List<String> labelValues, double value) {
    set(metric, metric.labelNames(), labelValues, value);
  }

  /** Sets a series with labels that the module names. */
  public void set(Metric metric, List<String> labelNames, List<String> labelValues, double value) {
    if (labelNames.size() != labelValues.size()) {
      throw new IllegalArgumentException(
          metric.metricName() + ": expected labels " + labelNames + ", got " + labelValues);
    }
    Sample sample = new Sample(metric, labelNames, labelValues, value);
    for (int i = 0; i < samples.size(); i++) {
      Sample other = samples.get(i);
      if (other.metric() == metric && other.labelValues().equals(labelValues)) {
        samples.set(i, sample);
        return;
      }
    }
    samples.add(sample);
  }

  /** Forgets every series of a family, for facts that a later event replaces. */
  public void clear(Metric metric) {
    samples.removeIf(sample -> sample.metric() == metric);
  }

  /** A frozen copy in exposition order: by family name, then by label values. */
  List<Sample> freeze() {
    samples.sort(EXPOSITION_ORDER);
    return List.copyOf(samples);
  }

  private static int compareLabelValues(Sample a, Sample b) {
    int common = Math.min(a.labelValues().size(), b.labelValues().size());
    for (int i = 0; i < common; i++) {
      int order = a.labelValues().get(i).compareTo(b.labelValues().get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.labelValues().size(), b.labelValues().size());
  }
}
