package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Redaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** How a run ends. */
class ProbeRunTest extends ProbeRunClaims {
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
  void theTraceOfABugHoldsNoSecrets() {
    ProbeRun run =
        start(
            r -> {
              r.trail().conceal(Redaction.builder().add("hunter2").build());
              return stage;
            });
    BugReport report = BugReport.of(run, new IllegalStateException("it said hunter2"));
    assertTrue(report.stack().startsWith("java.lang.IllegalStateException: it said <secret>\n"));
    stage.completeExceptionally(new IllegalStateException("it said hunter2"));
    assertTrue(result().verdict().toString().contains("it said <secret>"), "in the reason as well");
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
}
