package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Config;
import io.sonde.config.ConfigLoader;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void eachKindInUseIsProbedWithModulesMadeForThePurpose() throws Exception {
    assertEquals(
        Set.of("http http", "http https", "tcp "),
        probed("modules: {a: {prober: http, http: {method: POST}}, b: {prober: tcp}}"));
    assertEquals(Set.of("tcp "), probed("modules: {b: {prober: tcp}, c: {prober: icmp}}"));
    assertEquals(Set.of(), probed("modules: {c: {prober: icmp}}"));
  }

  private static Set<String> probed(String yaml) throws Exception {
    Set<String> probed = new ConcurrentSkipListSet<>();
    Config config = ConfigLoader.parse("test", yaml.getBytes(StandardCharsets.UTF_8));
    try (Loops loops = Loops.start(1)) {
      ModuleTable table =
          ModuleTable.bind(
              config,
              module -> new BoundModule(module, run -> new CompletableFuture<>(), List.of()),
              ModuleTable.EMPTY);
      Duration took =
          WarmUp.run(
              loops,
              module ->
                  new BoundModule(
                      module,
                      run -> {
                        String target = run.request().target();
                        int scheme = target.indexOf("://");
                        probed.add(
                            module.name() + " " + (scheme < 0 ? "" : target.substring(0, scheme)));
                        assertEquals("", module.http().method());
                        return CompletableFuture.completedFuture(
                            Verdict.failed(Phase.TLS, Reason.PROTOCOL, "no matter"));
                      },
                      List.of()),
              table);
      assertTrue(took.toSeconds() < 10);
    }
    return probed;
  }
}
