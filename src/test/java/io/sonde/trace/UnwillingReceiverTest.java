package io.sonde.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Span;
import io.sonde.probe.TraceContext;
import io.sonde.probe.Verdict;
import io.sonde.telemetry.TraceStats;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.TraceReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the receiver does: no probe waits for it, and every span is accounted for. */
class UnwillingReceiverTest {
  private static final ModuleConfig MODULE = ModuleConfig.empty("m");
  private static final int MAX_QUEUE = 100;
  private static final int SPANS = 2;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final TraceStats stats = new TraceStats();
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    ended.countDown();
  }

  private Tracing tracing(String url, String... others) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", url,
                "OTEL_EXPORTER_OTLP_TIMEOUT", "300",
                "OTEL_BSP_EXPORT_TIMEOUT", "400",
                "OTEL_BSP_SCHEDULE_DELAY", "5",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "20",
                "OTEL_BSP_MAX_QUEUE_SIZE", String.valueOf(MAX_QUEUE)));
    for (int i = 0; i < others.length; i += 2) {
      variables.put(others[i], others[i + 1]);
    }
    return Tracing.of(variables, stats);
  }

  private static ProbeResult result(TraceContext trace) {
    return new ProbeResult(
        1,
        new ProbeRequest(MODULE, "target", null, Duration.ofSeconds(1), trace),
        Verdict.PASSED,
        false,
        Instant.EPOCH,
        0,
        Duration.ofMillis(1),
        List.of(new Span(Phase.CONNECT, 0, 0, 1, true)),
        List.of(),
        List.of(new Fact.Address(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))),
        List.of());
  }

  private static void endProbes(Tracing tracing, int count) {
    for (int i = 0; i < count; i++) {
      tracing.ended(result(Objects.requireNonNull(tracing.begin(MODULE, null, null))));
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long giveUpAtNanos = System.nanoTime() + PATIENCE_NANOS;
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < giveUpAtNanos, "too late");
      assertFalse(never.await(5, TimeUnit.MILLISECONDS));
    }
  }

  /** Ends many probes, of which most find the queue full. */
  private void assertBoundedAndCounted(Tracing tracing) throws InterruptedException {
    int probes = 20_000;
    endProbes(tracing, probes);
    assertTrue(stats.waiting() <= MAX_QUEUE, () -> "waiting: " + stats.waiting());
    assertTrue(stats.crowdedOut() > 0);
    await(() -> stats.waiting() == 0);
    assertEquals(0, stats.exportedSpans());
    assertEquals((long) probes * SPANS, stats.crowdedOut() + stats.lost());
    assertTrue(stats.failures() > 0);
    tracing.close(Duration.ofSeconds(2));
  }

  /** Never answers. */
  private void hold(HttpExchange exchange) throws IOException {
    try {
      ended.await();
    } catch (InterruptedException ignored) {
      exchange.close();
    }
  }

  @Test
  void nobodyThere() throws Exception {
    try (DeadEnd nobody = DeadEnd.refusing()) {
      assertBoundedAndCounted(tracing("http://" + nobody.address()));
    }
  }

  @Test
  void noAnswer() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.start(this::hold)) {
      assertBoundedAndCounted(tracing(receiver.url()));
    }
  }

  @Test
  void aRefusal() throws Exception {
    try (TraceReceiver receiver =
        TraceReceiver.start(exchange -> exchange.sendResponseHeaders(500, -1))) {
      assertBoundedAndCounted(tracing(receiver.url()));
    }
  }

  @Test
  void aRequestToComeBackInAnHour() throws Exception {
    try (TraceReceiver receiver =
        TraceReceiver.start(
            exchange -> {
              exchange.getResponseHeaders().add("Retry-After", "3600");
              exchange.sendResponseHeaders(429, -1);
            })) {
      assertBoundedAndCounted(tracing(receiver.url()));
    }
  }

  @Test
  void anAnswerWithoutEnd() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.start(TraceReceiver::pourForever)) {
      assertBoundedAndCounted(tracing(receiver.url()));
    }
  }

  @Test
  void anEndDoesNotWaitForIt() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.start(this::hold)) {
      Tracing tracing =
          tracing(
              receiver.url(),
              "OTEL_EXPORTER_OTLP_TIMEOUT",
              "600000",
              "OTEL_BSP_EXPORT_TIMEOUT",
              "600000");
      endProbes(tracing, 5);
      receiver.awaitRequests(1);
      tracing.close(Duration.ofMillis(100));
      assertEquals(0, stats.exportedSpans());
    }
  }

  @Test
  void anEndExportsWhatWaits() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.start()) {
      Tracing tracing = tracing(receiver.url(), "OTEL_BSP_SCHEDULE_DELAY", "600000");
      endProbes(tracing, 5);
      tracing.close(Duration.ofSeconds(30));
      assertEquals(5 * SPANS, receiver.spans().size());
      assertEquals(5 * SPANS, stats.exportedSpans());
    }
  }

  @Test
  void aSamplerThatTakesNoneLeavesNothing() {
    Tracing tracing = tracing("http://127.0.0.1:1", "OTEL_TRACES_SAMPLER", "always_off");
    assertEquals(null, tracing.begin(MODULE, TraceRig.sampled("1".repeat(32)), null));
    TraceContext told =
        tracing.begin(MODULE.withTraceContext(true), TraceRig.sampled("1".repeat(32)), null);
    assertFalse(Objects.requireNonNull(told).sampled());
    tracing.close(Duration.ZERO);
  }

  @Test
  void aRatioTakesSome() {
    Tracing tracing =
        tracing(
            "http://127.0.0.1:1",
            "OTEL_TRACES_SAMPLER",
            "parentbased_traceidratio",
            "OTEL_TRACES_SAMPLER_ARG",
            "0.25");
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      taken += tracing.begin(MODULE, null, null) == null ? 0 : 1;
    }
    assertTrue(taken > 2_000 && taken < 3_000, "taken: " + taken);
    tracing.close(Duration.ZERO);
  }

  @Test
  void aMistakeInTheEnvironmentIsNoReasonNotToProbe() {
    Tracing tracing = tracing("http://c:1", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    assertFalse(tracing.follows(MODULE));
    assertTrue(tracing.follows(MODULE.withTraceContext(true)));
  }
}
