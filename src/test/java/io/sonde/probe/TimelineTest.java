package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline = new Timeline();

  @Test
  void enteringAPhaseCompletesTheOneBefore() {
    timeline.enter(Phase.RESOLVE, 0, 10);
    timeline.enter(Phase.CONNECT, 0, 25);
    assertEquals(Phase.CONNECT, timeline.open());
    assertEquals(List.of(new Span(Phase.RESOLVE, 0, 10, 25, true)), timeline.spans());
  }

  @Test
  void aPhaseThatDidNotReachItsGoalIsNotCompleted() {
    timeline.enter(Phase.CONNECT, 2, 10);
    timeline.abandon(30);
    assertEquals(null, timeline.open());
    assertEquals(List.of(new Span(Phase.CONNECT, 2, 10, 30, false)), timeline.spans());
  }

  @Test
  void endingTwiceIsEndingOnce() {
    timeline.enter(Phase.CONNECT, 0, 10);
    timeline.complete(20);
    timeline.complete(30);
    timeline.abandon(40);
    assertEquals(List.of(new Span(Phase.CONNECT, 0, 10, 20, true)), timeline.spans());
  }

  @Test
  void nothingEndsThatHasNotBegun() {
    timeline.complete(5);
    timeline.abandon(6);
    assertEquals(List.of(), timeline.spans());
    assertEquals(null, timeline.open());
  }

  @Test
  void aStampFromBeforeTheBeginningDoesNotMakeTimeNegative() {
    timeline.enter(Phase.PROCESSING, 0, 100);
    timeline.complete(90);
    assertEquals(0, timeline.spans().get(0).nanos());
  }

  @Test
  void completedTimeIsSummedOverHops() {
    timeline.enter(Phase.CONNECT, 0, 0);
    timeline.enter(Phase.PROCESSING, 0, 10);
    timeline.enter(Phase.CONNECT, 1, 100);
    timeline.enter(Phase.PROCESSING, 1, 105);
    timeline.enter(Phase.CONNECT, 2, 200);
    timeline.abandon(300);
    assertEquals(15, timeline.completedNanos(Phase.CONNECT));
    assertEquals(185, timeline.completedNanos(Phase.PROCESSING));
    assertEquals(0, timeline.completedNanos(Phase.TLS));
  }

  @Test
  void whatHappensOnADetourIsTheDetour() {
    timeline.enter(Phase.RESOLVE, 0, 0);
    timeline.beginDetour(Phase.AUTH, 0, 10);
    timeline.enter(Phase.CONNECT, 0, 20);
    timeline.complete(30);
    timeline.enter(Phase.PROCESSING, 0, 35);
    timeline.abandon(40);
    assertEquals(Phase.AUTH, timeline.open());
    timeline.endDetour(50, true);
    timeline.enter(Phase.CONNECT, 0, 60);
    timeline.complete(70);
    assertEquals(
        List.of(
            new Span(Phase.RESOLVE, 0, 0, 10, true),
            new Span(Phase.AUTH, 0, 10, 50, true),
            new Span(Phase.CONNECT, 0, 60, 70, true)),
        timeline.spans());
  }
}
