package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long work shares a loop with everything else. */
class LoopTurnsTest extends ProbeRunClaims {
  private static final int PIECES = 200;

  @Test
  void betweenTwoPiecesTheLoopLooksAtItsSockets() {
    worksLong("a");
    for (int round = 1; round <= 20; round++) {
      virtual.round();
      assertEquals(round, events.size());
    }
    virtual.settle();
    assertEquals(PIECES, events.size());
  }

  @Test
  void manyTakeTurnsOfWhichARoundHasOne() {
    worksLong("a");
    worksLong("b");
    worksLong("c");
    for (int round = 1; round <= 7; round++) {
      virtual.round();
      assertEquals(round, events.size());
    }
    assertEquals(List.of("a", "b", "c", "a", "b", "c", "a"), events);
    virtual.settle();
    assertEquals(3 * PIECES, events.size());
  }

  @Test
  void otherWorkOfTheLoopIsDoneBetweenPieces() {
    worksLong("a");
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      virtual.loop().execute(() -> seen.add(events.size()));
      virtual.round();
    }
    assertEquals(3, seen.size());
    virtual.settle();
  }

  @Test
  void aRunThatHasEndedDoesNoMore() {
    worksLong("a");
    ProbeRun other = worksLong("b");
    virtual.round();
    virtual.round();
    other.abandon();
    virtual.settle();
    assertEquals(PIECES + 1, events.size());
  }

  @Test
  void aPieceThatThrowsTakesNobodyElsesTurn() {
    ProbeRun broken = start(r -> new CompletableFuture<>());
    broken.inTurn(
        () -> {
          throw new IllegalStateException("a bug");
        });
    worksLong("a");
    virtual.settle();
    assertEquals(PIECES, events.size());
  }

  private ProbeRun worksLong(String name) {
    ProbeRun run = start(r -> new CompletableFuture<>());
    run.inTurn(() -> piece(run, name, PIECES));
    return run;
  }

  private void piece(ProbeRun run, String name, int left) {
    events.add(name);
    if (left > 1) {
      run.inTurn(() -> piece(run, name, left - 1));
    }
  }
}
