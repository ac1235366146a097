package io.sonde.config;

import java.util.List;
import java.util.Map;

/**
 * A configuration that was loaded.
 *
 * @param modules by name, in the order of the file
 * @param targetPolicies whom probes may connect to: whom each of them permits
 * @param warnings what does not keep the file from loading, in the order of the file
 * @param absentFiles files whose modules are missing, as they have never loaded
 */
public record Config(
    Map<String, ModuleConfig> modules,
    List<TargetPolicySpec> targetPolicies,
    List<Problem> warnings,
    List<String> absentFiles) {
  /** A configuration with nothing missing. */
  public Config(Map<String, ModuleConfig> modules, List<Problem> warnings) {
    this(modules, List.of(), warnings, List.of());
  }

  /** The same with other modules. */
  public Config withModules(Map<String, ModuleConfig> others) {
    return new Config(others, targetPolicies, warnings, absentFiles);
  }

  public Config {
    absentFiles = List.copyOf(absentFiles);
    targetPolicies = List.copyOf(targetPolicies);
    modules = Frozen.map(modules);
    warnings = List.copyOf(warnings);
  }
}
