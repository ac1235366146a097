package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ConfigLoader;
import io.sonde.probe.BoundModule;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Phase;
import io.sonde.probe.Probers;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void eachKindInUseIsProbedWithModulesMadeForThePurpose() throws Exception {
    assertEquals(
        Set.of("http http", "https https", "tcp ", "tls "),
        probed("modules: {a: {prober: http, http: {method: POST}}, b: {prober: tcp}}"));
    assertEquals(Set.of("tcp ", "tls "), probed("modules: {b: {prober: tcp}, c: {prober: icmp}}"));
    assertEquals(Set.of("unix "), probed("modules: {b: {prober: unix}}"));
    assertEquals(Set.of("wss wss"), probed("modules: {b: {prober: websocket}}"));
    assertEquals(Set.of(), probed("modules: {c: {prober: icmp}}"));
  }

  @Test
  void dryProbesGoAllTheWay() throws Exception {
    Set<String> passed = new ConcurrentSkipListSet<>();
    try (Loops loops = Loops.start(1);
        Probers probers = new Probers(loops, 1 << 20)) {
      WarmUp warmUp =
          new WarmUp(
              module -> recording(probers.bind(module), passed),
              table(
                  "modules: {a: {prober: http}, b: {prober: tcp}, "
                      + "c: {prober: http, http: {enable_http3: true, enable_http2: false}}, "
                      + "d: {prober: dns, dns: {query_name: a}}, e: {prober: grpc}, "
                      + "f: {prober: websocket}}"));
      warmUp.plain(loops);
      assertEquals(Set.of("http", "tcp"), passed);
      warmUp.others();
    }
    assertEquals(Set.of("dns", "grpc", "http", "https", "http3", "tcp", "tls", "wss"), passed);
  }

  private static BoundModule recording(BoundModule module, Set<String> passed) {
    return new BoundModule(
        module.config(),
        run ->
            module
                .prober()
                .probe(run)
                .thenApply(
                    verdict -> {
                      if (verdict.equals(Verdict.PASSED)) {
                        passed.add(module.config().name());
                      }
                      return verdict;
                    }),
        List.of());
  }

  private static Set<String> probed(String yaml) throws Exception {
    Set<String> probed = new ConcurrentSkipListSet<>();
    try (Loops loops = Loops.start(1)) {
      WarmUp warmUp =
          new WarmUp(
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
              table(yaml));
      warmUp.plain(loops);
      warmUp.others();
    }
    return probed;
  }

  private static ModuleTable table(String yaml) throws Exception {
    return ModuleTable.bind(
        ConfigLoader.parse("test", yaml.getBytes(StandardCharsets.UTF_8)),
        module -> new BoundModule(module, run -> new CompletableFuture<>(), List.of()),
        ModuleTable.EMPTY);
  }
}
