package io.sonde.telemetry;

import java.util.List;
import java.util.function.Consumer;

/** Metrics of the export of spans: shown if spans are exported. */
final class TraceFamilies {
  private TraceFamilies() {}

  static void register(Families families, TraceStats stats) {
    families.counters(
        "sonde_trace_spans_exported_total",
        "Spans of probes that the receiver has accepted.",
        List.of(),
        ifOn(stats, values -> values.add((double) stats.exportedSpans())));
    families.counters(
        "sonde_trace_spans_dropped_total",
        "Spans of probes that nobody received: too many waited, or their export failed.",
        List.of("reason"),
        ifOn(
            stats,
            values -> {
              values.add((double) stats.lost(), "export_failed");
              values.add((double) stats.crowdedOut(), "queue_full");
            }));
    families.counters(
        "sonde_trace_exports_failed_total",
        "Exports of spans that failed for good.",
        List.of(),
        ifOn(stats, values -> values.add((double) stats.failures())));
    families.gauges(
        "sonde_trace_spans_waiting",
        "Spans of probes that are not exported yet.",
        List.of(),
        ifOn(stats, values -> values.add(stats.waiting())));
  }

  private static Consumer<Families.Values> ifOn(
      TraceStats stats, Consumer<Families.Values> source) {
    return values -> {
      if (stats.isOn()) {
        source.accept(values);
      }
    };
  }
}
