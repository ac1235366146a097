package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.Config;
import io.sonde.config.ConfigLoader;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DryPingTest {
  @Test
  void eachLoopPingsThisMachineTwiceIfAModulePings() throws Exception {
    assertEquals(
        Collections.nCopies(4, "icmp 127.0.0.1"),
        pinged("modules: {a: {prober: http}, b: {prober: icmp, icmp: {ttl: 5}}}"));
  }

  @Test
  void withoutSuchAModuleNothingIsPinged() throws Exception {
    assertEquals(List.of(), pinged("modules: {a: {prober: http}}"));
  }

  private static List<String> pinged(String config) throws Exception {
    Queue<String> pinged = new ConcurrentLinkedQueue<>();
    Function<ModuleConfig, BoundModule> binder =
        module ->
            new BoundModule(
                module,
                run -> {
                  pinged.add(module.name() + " " + run.request().target());
                  return CompletableFuture.completedFuture(Verdict.PASSED);
                },
                List.of());
    Config parsed = ConfigLoader.parse("test", config.getBytes(StandardCharsets.UTF_8));
    try (Loops loops = Loops.start(2)) {
      DryPing.begin(loops, binder, ModuleTable.bind(parsed, binder, ModuleTable.EMPTY)).join();
    }
    return List.copyOf(pinged);
  }
}
