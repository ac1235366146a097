package io.sonde.telemetry;

import io.sonde.count.DurationCounts;
import io.sonde.probe.BoundModule;
import io.sonde.probe.ModuleCounts;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rate, errors and durations of probes, by module. The modules are those of the configuration, so
 * that callers cannot add series.
 */
final class ProbeFamilies {
  private static final List<String> MODULE = List.of("module", "prober");

  private final ProbeStats stats;
  private final Supplier<ModuleTable> table;

  ProbeFamilies(ProbeStats stats, Supplier<ModuleTable> table) {
    this.stats = stats;
    this.table = table;
  }

  void register(Families families) {
    registerModules(families);
    registerFailures(families);
    if (stats.withPhases()) {
      registerPhases(families);
    }
    families.counter(
        "blackbox_module_unknown_total",
        "Count of unknown modules requested by probes",
        stats::unknownModules);
    families.counter(
        "sonde_probes_rejected_total",
        "Requests for a probe that were answered 503 because too many were under way.",
        stats::rejected);
    families.gauge("sonde_probes_in_flight", "Probes that are under way.", stats::inFlight);
    families.gauge(
        "sonde_probes_in_flight_max",
        "Most probes that may be under way at once.",
        stats::maxInFlight);
  }

  private void registerModules(Families families) {
    families.counters(
        "sonde_probes_total",
        "Probes that ran to their end, by result; those whose caller left are not among them.",
        List.of("module", "prober", "result"),
        values ->
            modules()
                .forEach(
                    module -> {
                      ModuleCounts counts = module.counts();
                      String name = module.config().name();
                      values.add((double) counts.failed(), name, module.proberWord(), "failure");
                      values.add((double) counts.passed(), name, module.proberWord(), "success");
                    }));
    families.counters(
        "sonde_probes_abandoned_total",
        "Probes that were ended because their caller left.",
        MODULE,
        values ->
            modules()
                .forEach(
                    module ->
                        values.add(
                            (double) module.counts().abandonedProbes(),
                            module.config().name(),
                            module.proberWord())));
    families.histograms(
        "sonde_probe_duration_seconds",
        "How long the probes took that ran to their end.",
        MODULE,
        values ->
            modules()
                .forEach(
                    module ->
                        values.add(
                            module.counts().durations(),
                            module.config().name(),
                            module.proberWord())));
  }

  private void registerFailures(Families families) {
    families.counters(
        "sonde_probe_failures_total",
        "Probes that failed, by phase and reason; a series begins with the first of its kind.",
        List.of("module", "phase", "reason"),
        values -> modules().forEach(module -> addFailures(values, module)));
  }

  private static void addFailures(Families.Values values, BoundModule module) {
    if (module.counts().failed() == 0) {
      return;
    }
    for (Phase phase : Phase.values()) {
      for (Reason reason : Reason.values()) {
        long count = module.counts().failed(phase, reason);
        if (count > 0) {
          values.add((double) count, module.config().name(), phase.label(), reason.label());
        }
      }
    }
  }

  private void registerPhases(Families families) {
    families.histograms(
        "sonde_probe_phase_duration_seconds",
        "How long the probes spent in each phase that they were in, all hops together.",
        List.of("module", "phase"),
        values -> modules().forEach(module -> addPhases(values, module)));
  }

  private static void addPhases(Families.Histograms values, BoundModule module) {
    for (Phase phase : Phase.values()) {
      DurationCounts counts = module.counts().durations(phase);
      if (counts != null) {
        values.add(counts, module.config().name(), phase.label());
      }
    }
  }

  private Collection<BoundModule> modules() {
    return table.get().modules().values();
  }
}
