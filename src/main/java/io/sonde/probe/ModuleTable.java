package io.sonde.probe;

import io.sonde.config.Config;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The modules in force, bound to their probers: an immutable snapshot that a reload replaces as a
 * whole. A run keeps the module it started with.
 */
public final class ModuleTable {
  /** The table of a daemon that has loaded nothing yet. */
  public static final ModuleTable EMPTY = new ModuleTable(Map.of(), List.of());

  private final Map<String, BoundModule> modules;
  private final List<String> absentFiles;

  private ModuleTable(Map<String, BoundModule> modules, List<String> absentFiles) {
    this.modules = modules;
    this.absentFiles = absentFiles;
  }

  /**
   * Binds every module of {@code config}. A module that is equal to the one of {@code previous} by
   * its name keeps its bound form, compiled contexts and all.
   */
  public static ModuleTable bind(
      Config config, Function<ModuleConfig, BoundModule> binder, ModuleTable previous) {
    Map<String, BoundModule> bound = new LinkedHashMap<>();
    config
        .modules()
        .forEach(
            (name, module) -> {
              BoundModule before = previous.find(name);
              bound.put(
                  name,
                  before != null && before.config().equals(module) ? before : binder.apply(module));
            });
    return new ModuleTable(bound, config.absentFiles());
  }

  /** The module of that name, or null. */
  public @Nullable BoundModule find(String name) {
    return modules.get(name);
  }

  /** Files whose modules are missing, as they have never loaded. */
  public List<String> absentFiles() {
    return absentFiles;
  }

  /** All modules, in the order of the file. */
  public Map<String, BoundModule> modules() {
    return Collections.unmodifiableMap(modules);
  }

  /** What is wrong with modules that were bound all the same. */
  public List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    modules.values().forEach(module -> warnings.addAll(module.warnings()));
    return warnings;
  }
}
