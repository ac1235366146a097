package io.sonde.config;

import java.util.List;
import java.util.Map;

/**
 * A configuration that was loaded.
 *
 * @param modules by name, in the order of the file
 * @param warnings what does not keep the file from loading, in the order of the file
 */
public record Config(Map<String, ModuleConfig> modules, List<Problem> warnings) {
  public Config {
    modules = Frozen.map(modules);
    warnings = List.copyOf(warnings);
  }
}
