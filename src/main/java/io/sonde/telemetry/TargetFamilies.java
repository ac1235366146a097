package io.sonde.telemetry;

import java.util.Arrays;
import java.util.List;

/** What is counted about single targets, under the names of Grafana's agent. */
final class TargetFamilies {
  private static final List<String> LABELS = List.of("module", "target");

  private TargetFamilies() {}

  static void register(Families families, TargetStats stats) {
    families.summaries(
        "probe_all_success",
        "Displays whether or not the probe was a success (summary)",
        LABELS,
        values ->
            stats
                .targets()
                .forEach(
                    target ->
                        values.add(
                            Arrays.stream(target.durations().buckets()).sum(),
                            (double) target.passed(),
                            target.module(),
                            target.name())));
    families.histograms(
        "probe_all_duration_seconds",
        "Returns how long the probe took to complete in seconds (histogram)",
        LABELS,
        values ->
            stats
                .targets()
                .forEach(target -> values.add(target.durations(), target.module(), target.name())));
    families.gauge("sonde_metrics_targets", "Targets that are told apart in metrics.", stats::size);
    families.gauge(
        "sonde_metrics_targets_max", "Most targets that are told apart in metrics.", stats::limit);
    families.counter(
        "sonde_metrics_targets_overflow_total",
        "Probes whose target is not told apart because there are too many.",
        stats::overflow);
  }
}
