package io.sonde.probe;

import io.sonde.config.Config;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The modules in force, bound to their probers: an immutable snapshot that a reload replaces as a
 * whole. A run keeps the module it started with.
 *
 * <p>What was counted about a module stays with its name and its kind of prober, however often it
 * changes. It also outlives the module for a while, so that one that a mistake took away is counted
 * on when it is back; of so many at most, lest configurations with ever new names fill the memory.
 */
public final class ModuleTable {
  /** The table of a daemon that has loaded nothing yet. */
  public static final ModuleTable EMPTY =
      new ModuleTable(Map.of(), Map.of(), new LinkedHashMap<>(), List.of());

  /** Modules that are gone whose counts are kept, the latest to go. */
  static final int MOST_GONE = 1_000;

  private record CountKey(String name, String prober) {
    static CountKey of(ModuleConfig module) {
      return new CountKey(module.name(), BoundModule.wordOf(module));
    }
  }

  /** The modules as their probers were compiled. */
  private final Map<String, BoundModule> compiled;

  /** The same, each under the target policy. */
  private final Map<String, BoundModule> modules;

  private final List<String> absentFiles;

  /** Counts of modules that are no longer there, those first that have been gone the longest. */
  private final Map<CountKey, ModuleCounts> gone;

  private ModuleTable(
      Map<String, BoundModule> compiled,
      Map<String, BoundModule> modules,
      Map<CountKey, ModuleCounts> gone,
      List<String> absentFiles) {
    this.compiled = compiled;
    this.modules = modules;
    this.gone = gone;
    this.absentFiles = absentFiles;
  }

  /**
   * Binds every module of {@code config}. A module that is equal to the one of {@code previous} by
   * its name keeps its bound form, compiled contexts and all.
   */
  public static ModuleTable bind(
      Config config, Function<ModuleConfig, BoundModule> binder, ModuleTable previous) {
    Map<CountKey, ModuleCounts> counts = new LinkedHashMap<>(previous.gone);
    previous
        .modules
        .values()
        .forEach(module -> counts.put(CountKey.of(module.config()), module.counts()));
    Map<String, BoundModule> bound = new LinkedHashMap<>();
    config
        .modules()
        .forEach(
            (name, module) -> {
              BoundModule before = previous.compiled.get(name);
              ModuleCounts earlier = counts.remove(CountKey.of(module));
              bound.put(
                  name,
                  before != null && before.config().equals(module)
                      ? before
                      : bind(module, binder, earlier));
            });
    forgetOldest(counts);
    return new ModuleTable(bound, bound, counts, config.absentFiles());
  }

  /** The same modules, whose runs obey {@code policy} and no other. */
  public ModuleTable under(TargetPolicy policy) {
    if (policy == TargetPolicy.OFF) {
      return new ModuleTable(compiled, compiled, gone, absentFiles);
    }
    Map<String, BoundModule> obedient = new LinkedHashMap<>();
    compiled.forEach((name, module) -> obedient.put(name, module.under(policy)));
    return new ModuleTable(compiled, obedient, gone, absentFiles);
  }

  private static BoundModule bind(
      ModuleConfig module,
      Function<ModuleConfig, BoundModule> binder,
      @Nullable ModuleCounts earlier) {
    BoundModule bound = binder.apply(module);
    return earlier == null ? bound : bound.countedIn(earlier);
  }

  private static void forgetOldest(Map<CountKey, ModuleCounts> counts) {
    Iterator<CountKey> oldest = counts.keySet().iterator();
    for (int left = counts.size(); left > MOST_GONE; left--) {
      oldest.next();
      oldest.remove();
    }
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
