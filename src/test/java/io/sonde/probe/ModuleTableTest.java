package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sonde.config.Config;
import io.sonde.config.HttpSpec;
import io.sonde.config.IcmpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProbeSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a reload leaves of what was counted. */
class ModuleTableTest {
  private final ModuleTable first = load(ModuleTable.EMPTY, module("a", 1, HttpSpec.DEFAULT));

  @Test
  void aModuleThatChangesIsCountedOn() {
    ModuleTable second = load(first, module("a", 2, HttpSpec.DEFAULT));
    assertNotSame(first.find("a"), second.find("a"));
    assertSame(countsOf(first, "a"), countsOf(second, "a"));
  }

  @Test
  void aModuleOfAnotherKindIsCountedAnew() {
    ModuleTable second = load(first, module("a", 1, IcmpSpec.DEFAULT));
    assertNotSame(countsOf(first, "a"), countsOf(second, "a"));
    ModuleTable third = load(second, module("a", 1, HttpSpec.DEFAULT));
    assertSame(countsOf(first, "a"), countsOf(third, "a"));
  }

  @Test
  void aModuleThatComesBackIsCountedOn() {
    ModuleTable without = load(load(first, module("b", 1, HttpSpec.DEFAULT)));
    ModuleTable back = load(without, module("a", 3, HttpSpec.DEFAULT));
    assertSame(countsOf(first, "a"), countsOf(back, "a"));
  }

  @Test
  void whoWentFirstIsForgottenFirst() {
    ModuleTable table = first;
    for (int i = 0; i < ModuleTable.MOST_GONE; i++) {
      table = load(table, module("m" + i, 1, HttpSpec.DEFAULT));
    }
    ModuleTable stillKnown = load(table, module("a", 1, HttpSpec.DEFAULT));
    assertSame(countsOf(first, "a"), countsOf(stillKnown, "a"));
    ModuleTable forgotten = load(load(table), module("a", 1, HttpSpec.DEFAULT));
    assertNotSame(countsOf(first, "a"), countsOf(forgotten, "a"));
  }

  private static ModuleCounts countsOf(ModuleTable table, String name) {
    return Objects.requireNonNull(table.find(name)).counts();
  }

  private static ModuleConfig module(String name, int seconds, ProbeSpec spec) {
    return ModuleConfig.of(name, Duration.ofSeconds(seconds), spec);
  }

  private static ModuleTable load(ModuleTable before, ModuleConfig... modules) {
    Map<String, ModuleConfig> named = new LinkedHashMap<>();
    for (ModuleConfig module : modules) {
      named.put(module.name(), module);
    }
    return ModuleTable.bind(
        new Config(named, List.of()),
        module -> new BoundModule(module, run -> new CompletableFuture<>(), List.of()),
        before);
  }
}
