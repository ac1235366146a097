package io.sonde.probe;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A module together with the prober that was compiled from it at load.
 *
 * @param config the module as loaded
 * @param prober what runs it
 * @param warnings why it cannot work as written, if so
 * @param counts what is counted about its probes
 */
public record BoundModule(
    ModuleConfig config, Prober prober, List<Problem> warnings, ModuleCounts counts) {
  /** A module of which nothing is counted yet. */
  public BoundModule(ModuleConfig config, Prober prober, List<Problem> warnings) {
    this(config, prober, warnings, new ModuleCounts());
  }

  /** The same, counted on in {@code earlier}. */
  BoundModule countedIn(ModuleCounts earlier) {
    return new BoundModule(config, prober, warnings, earlier);
  }

  /** The same, whose runs obey {@code policy}. */
  BoundModule under(TargetPolicy policy) {
    List<Problem> more = new ArrayList<>(warnings);
    more.addAll(policy.objections(config));
    return new BoundModule(config, new ObedientProber(prober, policy), List.copyOf(more), counts);
  }

  /** The word for its prober, or {@code none} of an empty module. */
  public String proberWord() {
    return wordOf(config);
  }

  static String wordOf(ModuleConfig config) {
    return config.spec() == null ? "none" : config.spec().kind().word();
  }
}
