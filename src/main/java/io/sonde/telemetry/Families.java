package io.sonde.telemetry;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.SummaryWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.sonde.count.DurationCounts;
import io.sonde.count.Exemplar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Families of metrics whose values are asked for at each scrape. Keeps a catalogue of them, which
 * the documentation is held to.
 */
final class Families {
  /** One family, as it is documented. */
  record Family(String name, String type, List<String> labels, String help) {}

  /** Takes the value of one series. */
  @FunctionalInterface
  interface Values {
    void add(double value, String... labels);
  }

  /** Takes the buckets of one histogram. */
  @FunctionalInterface
  interface Histograms {
    void add(DurationCounts counts, String... labels);
  }

  /** Takes a summary that has no quantiles. */
  @FunctionalInterface
  interface Summaries {
    void add(long count, double sum, String... labels);
  }

  private final PrometheusRegistry registry;
  private final List<Family> catalogue = new ArrayList<>();

  Families(PrometheusRegistry registry) {
    this.registry = registry;
  }

  List<Family> catalogue() {
    return Collections.unmodifiableList(catalogue);
  }

  void counter(String name, String help, LongSupplier value) {
    counters(name, help, List.of(), values -> values.add((double) value.getAsLong()));
  }

  void counters(String name, String help, List<String> labels, Consumer<Values> source) {
    note(name, "counter", labels, help);
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(array(labels))
        .callback(callback -> source.accept(callback::call))
        .register(registry);
  }

  void gauge(String name, String help, DoubleSupplier value) {
    gauges(name, help, List.of(), values -> values.add(value.getAsDouble()));
  }

  void gauges(String name, String help, List<String> labels, Consumer<Values> source) {
    note(name, "gauge", labels, help);
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(array(labels))
        .callback(callback -> source.accept(callback::call))
        .register(registry);
  }

  void summaries(String name, String help, List<String> labels, Consumer<Summaries> source) {
    note(name, "summary", labels, help);
    SummaryWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(array(labels))
        .callback(
            callback ->
                source.accept(
                    (count, sum, values) -> callback.call(count, sum, Quantiles.EMPTY, values)))
        .register(registry);
  }

  void histograms(String name, String help, List<String> labels, Consumer<Histograms> source) {
    note(name, "histogram", labels, help);
    registry.register(new HistogramFamily(new MetricMetadata(name, help), labels, source));
  }

  private void note(String name, String type, List<String> labels, String help) {
    catalogue.add(new Family(name, type, labels, help));
  }

  private static String[] array(List<String> labels) {
    return labels.toArray(String[]::new);
  }

  /** The library has histograms that it counts itself, but none that asks. */
  private record HistogramFamily(
      MetricMetadata metadata, List<String> labelNames, Consumer<Histograms> source)
      implements Collector {
    @Override
    public MetricSnapshot collect() {
      List<HistogramDataPointSnapshot> points = new ArrayList<>();
      source.accept((counts, labels) -> points.add(point(counts, labels)));
      return new HistogramSnapshot(metadata, points);
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
      return MetricFamilyDescriptor.of(MetricType.HISTOGRAM, metadata, labelNames);
    }

    private HistogramDataPointSnapshot point(DurationCounts counts, String... labels) {
      return new HistogramDataPointSnapshot(
          ClassicHistogramBuckets.of(counts.bounds().secondsAndInfinity(), counts.buckets()),
          counts.sumSeconds(),
          Labels.of(labelNames, List.of(labels)),
          exemplars(counts),
          0);
    }

    private static Exemplars exemplars(DurationCounts counts) {
      List<Exemplar> latest = counts.exemplars();
      return latest.isEmpty()
          ? Exemplars.EMPTY
          : Exemplars.of(latest.stream().map(HistogramFamily::exemplar).toList());
    }

    private static io.prometheus.metrics.model.snapshots.Exemplar exemplar(Exemplar exemplar) {
      return io.prometheus.metrics.model.snapshots.Exemplar.builder()
          .value(exemplar.seconds())
          .traceId(exemplar.traceId())
          .spanId(exemplar.spanId())
          .timestampMillis(exemplar.atMillis())
          .build();
    }
  }
}
