package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.local.LocalChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run opened is closed with it. */
class ProbeRunClosingTest extends ProbeRunClaims {
  @Test
  void settlingDisarmsTheTimer() {
    start(r -> stage);
    stage.complete(Verdict.PASSED);
    // Nothing is left that would wake the loop before the timeout.
    assertEquals(0, timersLeft());
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
}
