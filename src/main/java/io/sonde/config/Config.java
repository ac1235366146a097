package io.sonde.config;

import java.util.List;
import java.util.Map;

/**
 * A configuration that was loaded.
 *
 * @param modules by name, in the order of the file
 * @param warnings what does not keep the file from loading, in the order of the file
 * @param absentFiles files whose modules are missing, as they have never loaded
 */
public record Config(
    Map<String, ModuleConfig> modules, List<Problem> warnings, List<String> absentFiles) {
  /** A configuration with nothing missing. */
  public Config(Map<String, ModuleConfig> modules, List<Problem> warnings) {
    this(modules, warnings, List.of());
  }

  public Config {
    absentFiles = List.copyOf(absentFiles);
    modules = Frozen.map(modules);
    warnings = List.copyOf(warnings);
  }
}
