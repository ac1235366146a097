package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.local.LocalChannel;
import io.sonde.config.ModuleConfig;
import io.sonde.config.TcpSpec;
import io.sonde.testkit.VirtualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbeRunTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ONE_NANO = Duration.ofNanos(1);
  private static final Verdict REFUSED = Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused");

  private final VirtualLoop virtual = new VirtualLoop();
  private final CompletableFuture<Verdict> stage = new CompletableFuture<>();
  private final List<ProbeResult> results = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  @Test
  void endsWithTheVerdictOfItsProber() {
    start(run -> stage);
    virtual.advance(Duration.ofMillis(3));

    stage.complete(Verdict.PASSED);

    assertSame(Verdict.PASSED, result().verdict());
    assertEquals(Duration.ofMillis(3), result().duration());
    assertFalse(result().abandoned());
  }

  @Test
  void theDeadlineComesAtExactlyTheTimeout() {
    ProbeRun run = start(r -> stage);

    virtual.advance(TIMEOUT.minus(ONE_NANO));
    assertFalse(run.settled());
    assertEquals(1, run.deadline().remainingNanos());

    virtual.advance(ONE_NANO);
    assertFailed(Phase.SETUP, Reason.TIMEOUT);
    assertEquals(TIMEOUT, result().duration());
    assertEquals(0, run.deadline().remainingNanos());
  }

  @Test
  void aTimeoutIsAttributedToTheOpenPhase() {
    ProbeRun run = start(r -> stage);
    run.timeline().enter(Phase.TLS, 0, run.nanoTime());

    virtual.advance(TIMEOUT);

    assertFailed(Phase.TLS, Reason.TIMEOUT);
    Span span = result().spans().get(0);
    assertFalse(span.completed());
    assertEquals(TIMEOUT.toNanos(), span.nanos());
  }

  @Test
  void aTimeoutOfZeroOrLessIsOverAtOnce() {
    for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      results.clear();
      start(r -> new CompletableFuture<>(), timeout);
      virtual.settle();
      assertFailed(Phase.SETUP, Reason.TIMEOUT);
    }
  }

  @Test
  void aVerdictAfterTheDeadlineCountsForNothing() {
    start(r -> stage);
    virtual.advance(TIMEOUT);

    stage.complete(Verdict.PASSED);
    virtual.settle();

    assertFailed(Phase.SETUP, Reason.TIMEOUT);
  }

  @Test
  void theDeadlineCountsForNothingAfterTheVerdict() {
    start(r -> stage);
    stage.complete(Verdict.PASSED);

    virtual.advance(TIMEOUT.multipliedBy(2));

    assertTrue(result().verdict().success());
  }

  @Test
  void settlingDisarmsTheTimer() {
    start(r -> stage);
    stage.complete(Verdict.PASSED);
    // Nothing is left that would wake the loop before the timeout.
    assertEquals(0, timersLeft());
  }

  @Test
  void ofSeveralVerdictsTheFirstWins() {
    ProbeRun run = start(r -> stage);

    run.settle(REFUSED);
    run.settle(Verdict.PASSED);
    run.abandon();
    stage.complete(Verdict.PASSED);
    virtual.advance(TIMEOUT);

    assertSame(REFUSED, result().verdict());
    assertFalse(result().abandoned());
  }

  @Test
  void aCallerWhoLeavesEndsTheRun() {
    ProbeRun run = start(r -> stage);
    run.timeline().enter(Phase.PROCESSING, 0, run.nanoTime());
    run.onSettle(() -> events.add("closed"));

    run.abandon();

    assertTrue(result().abandoned());
    assertFalse(result().verdict().success());
    assertEquals(List.of("closed"), events);
    assertFalse(result().spans().get(0).completed());
  }

  @Test
  void whatWasRegisteredIsClosedInReverseOrder() {
    ProbeRun run = start(r -> stage);
    run.onSettle(() -> events.add("first"));
    run.onSettle(() -> events.add("second"));
    run.onSettle(() -> events.add("third"));

    stage.complete(Verdict.PASSED);

    assertEquals(List.of("third", "second", "first"), events);
  }

  @Test
  void theListenerHearsAfterEverythingWasClosed() {
    ProbeRun run =
        ProbeRun.start(
            1, request(TIMEOUT), r -> stage, virtual.loop(), result -> events.add("settled"));
    run.onSettle(() -> events.add("closed"));

    stage.complete(Verdict.PASSED);

    assertEquals(List.of("closed", "settled"), events);
  }

  @Test
  void aCloserMayStillSetSamples() {
    ProbeRun run = start(r -> stage);
    run.onSettle(() -> run.samples().set(Metric.PROBE_HTTP_REDIRECTS, 3));

    stage.complete(Verdict.PASSED);

    assertEquals(3, value(Metric.PROBE_HTTP_REDIRECTS));
  }

  @Test
  void aCloserThatThrowsDoesNotStopTheOthers() {
    ProbeRun run = start(r -> stage);
    run.onSettle(() -> events.add("first"));
    run.onSettle(
        () -> {
          throw new IllegalStateException("thrown by a test");
        });
    run.onSettle(() -> events.add("third"));

    stage.complete(Verdict.PASSED);

    assertEquals(List.of("third", "first"), events);
    assertTrue(result().verdict().success());
  }

  @Test
  void aCloserThatRegistersAnotherSeesItRunAtOnce() {
    ProbeRun run = start(r -> stage);
    run.onSettle(() -> run.onSettle(() -> events.add("inner")));

    stage.complete(Verdict.PASSED);

    assertEquals(List.of("inner"), events);
  }

  @Test
  void whatIsRegisteredTooLateIsClosedAtOnce() {
    ProbeRun run = start(r -> stage);
    run.settle(REFUSED);

    run.onSettle(() -> events.add("late"));

    assertEquals(List.of("late"), events);
  }

  @Test
  void anOwnedChannelIsClosedAtTheEnd() {
    ProbeRun run = start(r -> stage);
    LocalChannel channel = registered();
    assertSame(channel, run.own(channel));
    assertTrue(channel.isOpen());

    stage.complete(Verdict.PASSED);
    virtual.settle();

    assertFalse(channel.isOpen());
  }

  @Test
  void aChannelOwnedTooLateIsClosedAtOnce() {
    ProbeRun run = start(r -> stage);
    run.settle(REFUSED);

    LocalChannel channel = run.own(registered());
    virtual.settle();

    assertFalse(channel.isOpen());
  }

  @Test
  void anExpectedFailureBecomesTheVerdict() {
    start(r -> stage);
    stage.completeExceptionally(new ProbeFailure(Phase.RESOLVE, Reason.NAME_NOT_FOUND, "no name"));
    assertFailed(Phase.RESOLVE, Reason.NAME_NOT_FOUND);
  }

  @Test
  void anExpectedFailureIsFoundBelowTheWrappingOfStages() {
    start(r -> stage.thenApply(v -> v).thenCompose(CompletableFuture::completedFuture));
    stage.completeExceptionally(new ProbeFailure(Phase.TLS, Reason.CERT_EXPIRED, "expired"));
    assertFailed(Phase.TLS, Reason.CERT_EXPIRED);
  }

  @Test
  void anyOtherExceptionIsOurBug() {
    ProbeRun run = start(r -> stage);
    run.timeline().enter(Phase.CHECK, 0, run.nanoTime());
    stage.completeExceptionally(new IllegalStateException("thrown by a test"));
    assertFailed(Phase.CHECK, Reason.INTERNAL);
  }

  @Test
  void aWrappedExceptionIsOurBugToo() {
    start(r -> stage);
    stage.completeExceptionally(new CompletionException(new AssertionError("thrown by a test")));
    assertFailed(Phase.SETUP, Reason.INTERNAL);
  }

  @Test
  void aProberThatThrowsIsOurBug() {
    start(
        r -> {
          r.onSettle(() -> events.add("closed"));
          throw new IllegalArgumentException("thrown by a test");
        });
    assertFailed(Phase.SETUP, Reason.INTERNAL);
    assertEquals(List.of("closed"), events);
    assertEquals(0, timersLeft());
  }

  @Test
  void aProberThatThrowsAnExpectedFailureIsTakenAtItsWord() {
    start(
        r -> {
          throw new ProbeFailure(Phase.SETUP, Reason.CONFIG, "thrown by a test");
        });
    assertFailed(Phase.SETUP, Reason.CONFIG);
  }

  @Test
  void aVerdictFromAnotherThreadComesBackToTheLoop() throws InterruptedException {
    start(r -> stage);
    Thread other = new Thread(() -> stage.complete(Verdict.PASSED));
    other.start();
    other.join();
    assertEquals(List.of(), results);

    virtual.settle();

    assertTrue(result().verdict().success());
  }

  @Test
  void aProberMayEndBeforeItReturns() {
    start(r -> CompletableFuture.completedFuture(REFUSED));
    assertSame(REFUSED, result().verdict());
    assertEquals(0, timersLeft());
  }

  @Test
  void aPassedProbeCompletesItsOpenPhase() {
    ProbeRun run = start(r -> stage);
    run.timeline().enter(Phase.TRANSFER, 0, run.nanoTime());
    virtual.advance(Duration.ofMillis(7));

    stage.complete(Verdict.PASSED);

    assertEquals(
        List.of(
            new Span(
                Phase.TRANSFER,
                0,
                result().startNanos(),
                result().startNanos() + Duration.ofMillis(7).toNanos(),
                true)),
        result().spans());
  }

  @Test
  void everyResultHasTheCommonSeries() {
    start(r -> stage);
    virtual.advance(Duration.ofMillis(250));
    stage.complete(Verdict.PASSED);

    assertEquals(1, value(Metric.PROBE_SUCCESS));
    assertEquals(0.25, value(Metric.PROBE_DURATION_SECONDS));
    assertEquals(5, value(Metric.PROBE_TIMEOUT_SECONDS));
    assertEquals(3, result().samples().size(), () -> result().samples().toString());
  }

  @Test
  void aFailedProbeSaysWhereAndWhyInOneSeries() {
    start(r -> CompletableFuture.completedFuture(REFUSED));
    assertEquals(0, value(Metric.PROBE_SUCCESS));
    Sample info = sample(Metric.PROBE_FAILURE_INFO);
    assertNotNull(info);
    assertEquals(List.of("connect", "refused"), info.labelValues());
    assertEquals(1, info.value());
  }

  @Test
  void theTrailBeginsAndEndsWithTheProbe() {
    start(r -> stage);
    stage.complete(Verdict.PASSED);
    assertEquals(
        List.of("Beginning probe", "Probe succeeded"),
        result().trail().stream().map(Trail.Entry::message).toList());

    results.clear();
    start(r -> CompletableFuture.completedFuture(REFUSED));
    Trail.Entry last = result().trail().get(result().trail().size() - 1);
    assertEquals("Probe failed", last.message());
    assertEquals(Trail.Level.ERROR, last.level());
  }

  @Test
  void theResultDoesNotChangeAfterwards() {
    ProbeRun run = start(r -> stage);
    stage.complete(Verdict.PASSED);

    run.samples().set(Metric.PROBE_HTTP_REDIRECTS, 3);
    run.trail().debug("late");
    run.timeline().enter(Phase.CHECK, 0, run.nanoTime());
    run.timeline().complete(run.nanoTime());

    assertEquals(3, result().samples().size());
    assertEquals(2, result().trail().size());
    assertEquals(List.of(), result().spans());
  }

  private ProbeRun start(Prober prober) {
    return start(prober, TIMEOUT);
  }

  private ProbeRun start(Prober prober, Duration timeout) {
    return ProbeRun.start(1, request(timeout), prober, virtual.loop(), results::add);
  }

  private static ProbeRequest request(Duration timeout) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, TcpSpec.DEFAULT);
    return new ProbeRequest(module, "127.0.0.1:1", null, timeout);
  }

  private LocalChannel registered() {
    LocalChannel channel = new LocalChannel();
    virtual.loop().register(channel);
    virtual.settle();
    return channel;
  }

  private int timersLeft() {
    return virtual.timersLeft();
  }

  private ProbeResult result() {
    assertEquals(1, results.size(), "a run settles exactly once");
    return results.get(0);
  }

  private void assertFailed(Phase phase, Reason reason) {
    Failure failure = result().verdict().failure();
    assertNotNull(failure);
    assertEquals(phase, failure.phase());
    assertEquals(reason, failure.reason());
  }

  private @Nullable Sample sample(Metric metric) {
    return result().samples().stream()
        .filter(sample -> sample.metric() == metric)
        .findFirst()
        .orElse(null);
  }

  private double value(Metric metric) {
    Sample sample = sample(metric);
    assertNotNull(sample);
    return sample.value();
  }
}
