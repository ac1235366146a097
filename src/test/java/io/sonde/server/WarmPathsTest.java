package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ConfigLoader;
import io.sonde.config.ModuleConfig;
import io.sonde.testkit.VirtualLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WarmPathsTest {
  private final VirtualLoop loop = new VirtualLoop();
  private final WarmPaths paths = new WarmPaths();

  @Test
  void probesOfPlainConnectionsBeginAtOnce() throws Exception {
    assertBeginsAtOnce("{prober: http}", "http://a");
    assertBeginsAtOnce("{prober: http}", "https.example");
    assertBeginsAtOnce("{prober: tcp}", "a:443");
    assertBeginsAtOnce("{prober: tcp, tcp: {query_response: [{send: x}]}}", "a:443");
    assertBeginsAtOnce("{prober: unix}", "/a");
  }

  @Test
  void allOthersWait() throws Exception {
    assertWaits("{prober: http}", "HTTPS://a");
    assertWaits("{prober: http, http: {enable_http3: true, enable_http2: false}}", "a");
    assertWaits("{prober: tcp, tcp: {tls: true}}", "a:443");
    assertWaits("{prober: tcp, tcp: {query_response: [{send: x}, {starttls: true}]}}", "a:25");
    assertWaits("{prober: unix, unix: {tls: true}}", "/a");
    assertWaits("{prober: unix, unix: {query_response: [{starttls: true}]}}", "/a");
    assertWaits("{prober: dns, dns: {query_name: a}}", "a");
    assertWaits("{prober: grpc}", "a:1");
    assertWaits("{prober: websocket}", "wss://a");
    assertWaits("{prober: websocket}", "ws://a");
    assertWaits("{prober: icmp}", "a");
  }

  @Test
  void theTimeThatAProbeWaitedIsItsScrapesTime() throws Exception {
    try (ServerRig rig = rig();
        Client client = rig.connect()) {
      client.send("GET", "/probe?target=https://pass", "X-Prometheus-Scrape-Timeout-Seconds: 10");
      assertEquals(200, rig.get("/probe?target=pass").status());
      paths.allAreWarm();
      String body = client.answer().body();
      assertTrue(body.contains("\nprobe_success 1\n"), body);
      assertTrue(body.matches("(?s).*\nprobe_timeout_seconds 9\\.4\\d+\n.*"), body);
    }
  }

  @Test
  void aCallerWhoLeavesMeanwhileIsNotProbedFor() throws Exception {
    try (ServerRig rig = rig()) {
      try (Client client = rig.connect()) {
        client.send("GET", "/probe?target=https://pass");
        assertEquals(200, rig.get("/probe?target=pass").status());
      }
      assertEquals(200, rig.get("/probe?target=pass").status());
      paths.allAreWarm();
      assertEquals(200, rig.get("/probe?target=pass").status());
      assertEquals(3, rig.history.newestFirst().size());
    }
  }

  private ServerRig rig() throws Exception {
    return new ServerRig(Limits.DEFAULT, 2, "", "", paths, Protection.NONE);
  }

  private void assertBeginsAtOnce(String module, String target) throws Exception {
    assertEquals(List.of(0.0), waits(module, target, new WarmPaths()), module);
  }

  private void assertWaits(String module, String target) throws Exception {
    WarmPaths cold = new WarmPaths();
    List<Double> waited = waits(module, target, cold);
    assertEquals(List.of(), waited, module);
    loop.advance(Duration.ofMillis(250));
    cold.allAreWarm();
    loop.settle();
    assertEquals(List.of(0.25), waited, module);
    assertEquals(List.of(0.0), waits(module, target, cold), module);
  }

  private List<Double> waits(String module, String target, WarmPaths of) throws Exception {
    List<Double> waited = new ArrayList<>();
    of.whenWarm(module(module), target, loop.loop(), waited::add);
    return waited;
  }

  private static ModuleConfig module(String yaml) throws Exception {
    byte[] text = ("modules: {m: " + yaml + "}").getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(ConfigLoader.parse("test", text).modules().get("m"));
  }
}
