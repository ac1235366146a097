package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.channel.local.LocalChannel;
import io.sonde.config.ModuleConfig;
import io.sonde.config.TcpSpec;
import io.sonde.testkit.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs in virtual time, and what tests ask of them. */
abstract class ProbeRunClaims {
  static final Duration TIMEOUT = Duration.ofSeconds(5);
  static final Duration ONE_NANO = Duration.ofNanos(1);
  static final Verdict REFUSED = Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused");

  final VirtualLoop virtual = new VirtualLoop();
  final CompletableFuture<Verdict> stage = new CompletableFuture<>();
  final List<ProbeResult> results = new ArrayList<>();
  final List<String> events = new ArrayList<>();

  ProbeRun start(Prober prober) {
    return start(prober, TIMEOUT);
  }

  ProbeRun start(Prober prober, Duration timeout) {
    return ProbeRun.start(1, request(timeout), prober, virtual.loop(), results::add);
  }

  static ProbeRequest request(Duration timeout) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, TcpSpec.DEFAULT);
    return new ProbeRequest(module, "127.0.0.1:1", null, timeout);
  }

  LocalChannel registered() {
    LocalChannel channel = new LocalChannel();
    virtual.loop().register(channel);
    virtual.settle();
    return channel;
  }

  int timersLeft() {
    return virtual.timersLeft();
  }

  ProbeResult result() {
    assertEquals(1, results.size(), "a run settles exactly once");
    return results.get(0);
  }

  void assertFailed(Phase phase, Reason reason) {
    Failure failure = result().verdict().failure();
    assertNotNull(failure);
    assertEquals(phase, failure.phase());
    assertEquals(reason, failure.reason());
  }

  @Nullable Sample sample(Metric metric) {
    return result().samples().stream()
        .filter(sample -> sample.metric() == metric)
        .findFirst()
        .orElse(null);
  }

  double value(Metric metric) {
    Sample sample = sample(metric);
    assertNotNull(sample);
    return sample.value();
  }
}
