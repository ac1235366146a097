package io.sonde.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistoryBoundsTest {
  private static final int MEBIBYTE = 1 << 20;

  @Test
  void moreTargetsThanFitNeverBreakTheBound() {
    History history = new History(100, MEBIBYTE);
    for (int id = 0; id < 20_000; id++) {
      history.add(HistoryLoad.result(id, id % 4_000));
      if (id % 500 == 0) {
        assertTrue(history.size().bytes() <= MEBIBYTE, () -> history.size().toString());
      }
    }
    HistorySize size = history.size();
    assertTrue(size.bytes() > MEBIBYTE / 2, size::toString);
    assertTrue(size.targets() > 500, size::toString);
    assertTrue(size.evictedTargets() > 0 && size.evictedResults() > 0, size::toString);
    assertEquals(100, history.newestFirst().stream().filter(r -> r.id() >= 19_900).count());
  }

  @Test
  void aMillionResultsStayWithinTheBounds() {
    History history = new History(100, 8 * MEBIBYTE);
    ProbeResult like = HistoryLoad.result(0, 0);
    for (int id = 0; id < 1_000_000; id++) {
      history.add(like(like, id, id % 50_000));
      if (id % 50_000 == 49_999) {
        assertTrue(history.size().bytes() <= 8 * MEBIBYTE, () -> history.size().toString());
      }
    }
    HistorySize size = history.size();
    assertTrue(size.bytes() > 4 * MEBIBYTE, size::toString);
    assertTrue(size.targets() > 5_000, size::toString);
    assertEquals(999_999, history.newestFirst().get(0).id());
    assertTrue(history.newestFirst().size() <= 200, size::toString);
    assertEquals(size.results(), history.search(Query.latest(1_000_000)).results().size());
  }

  /** The same of another probe; most of it is shared, which the bounds do not count on. */
  private static ProbeResult like(ProbeResult like, int id, int target) {
    boolean failed = id % 11 == 0;
    return new ProbeResult(
        id,
        new ProbeRequest(
            like.request().module(), "http://" + target + ".example/", null, Duration.ofSeconds(1)),
        failed ? Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused") : Verdict.PASSED,
        false,
        like.startedAt(),
        0,
        like.duration(),
        like.spans(),
        like.samples(),
        like.facts(),
        like.trail());
  }

  @Test
  void theStateOfEveryTargetIsKnownThoughTheWindowIsSmall() {
    History history = new History(10, 8 * MEBIBYTE);
    for (int id = 0; id < 5_500; id++) {
      history.add(HistoryLoad.result(id, id % 500));
    }
    List<TargetState> states = history.targets();
    assertEquals(500, states.size());
    for (TargetState state : states) {
      assertEquals(11, state.passed() + state.failed());
      assertNotNull(state.lastSuccess());
      assertNotNull(state.lastFailure());
      assertEquals(11, history.points(state.module(), state.target()).size());
    }
  }

  @Test
  void aWindowThatDoesNotFitLosesItsOldestResults() {
    History history = new History(10_000, 64 << 10);
    for (int id = 0; id < 1_000; id++) {
      history.add(HistoryLoad.result(id, 1));
    }
    List<ProbeResult> window = history.newestFirst();
    assertEquals(999, window.get(0).id());
    assertTrue(window.size() < 100 && window.size() > 10, () -> window.size() + " results");
    assertNull(history.find(1));
    assertNotNull(history.find(999));
  }

  @Test
  void wholeSuccessesGoBeforeWholeFailures() {
    History history = new History(1, 96 << 10);
    for (int id = 0; id < 60; id++) {
      history.add(HistoryLoad.result(id, id));
    }
    List<TargetState> states = history.targets();
    assertEquals(60, states.size());
    assertEquals(6, states.stream().filter(state -> state.lastFailure() != null).count());
    assertTrue(states.stream().filter(state -> state.lastSuccess() != null).count() < 54);
  }

  @Test
  void boundsThatHoldNothingKeepNothing() {
    History tiny = new History(5, 1);
    tiny.add(HistoryLoad.result(0, 0));
    assertEquals(0, tiny.size().bytes());
    assertEquals(0, tiny.size().targets());
    assertEquals(List.of(), tiny.newestFirst());
    History none = new History(5, 0);
    none.add(HistoryLoad.result(0, 0));
    assertEquals(List.of(), none.targets());
  }

  @Test
  void aHugeTrailIsCutInItsMiddle() {
    String text = "x".repeat(2_000);
    List<Trail.Entry> trail =
        Collections.nCopies(500, new Trail.Entry(0, Trail.Level.INFO, "Note", List.of("a", text)));
    History history = new History(5, MEBIBYTE);
    history.add(result(0, Verdict.PASSED, trail));
    ProbeResult kept = Objects.requireNonNull(history.find(0));
    int entries = kept.trail().size();
    assertTrue(entries > 20 && entries < 40, () -> entries + " entries");
    assertEquals(
        1,
        kept.trail().subList(entries / 2 - 1, entries / 2 + 2).stream()
            .filter(entry -> entry.message().startsWith("Records are left out"))
            .count());
    assertEquals(1, history.size().trimmedResults());
    assertTrue(history.size().bytes() < MEBIBYTE / 10);
  }

  @Test
  void anAbandonedProbeIsNotKept() {
    History history = new History(5, MEBIBYTE);
    ProbeResult result = result(3, Verdict.PASSED, List.of());
    history.add(
        new ProbeResult(
            4,
            result.request(),
            Verdict.failed(Phase.CONNECT, Reason.CLOSED, "left"),
            true,
            result.startedAt(),
            0,
            Duration.ZERO,
            List.of(),
            List.of(),
            List.of(),
            List.of()));
    assertEquals(List.of(), history.targets());
    assertNull(history.find(4));
  }

  @Test
  void everyLoopAddsWithoutLosingAny() throws Exception {
    History history = new History(100_000, 512L * MEBIBYTE);
    int loops = 4;
    int each = 5_000;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(loops);
    for (int loop = 0; loop < loops; loop++) {
      int first = loop * each;
      executor.execute(
          () -> {
            awaitUninterrupted(start);
            for (int i = 0; i < each; i++) {
              history.add(result(first + i, Verdict.PASSED, List.of()));
            }
          });
    }
    start.countDown();
    executor.shutdown();
    assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(loops * each, history.newestFirst().size());
    assertEquals((long) loops * each, history.targets().get(0).passed());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    try {
      latch.await();
    } catch (InterruptedException ignored) {
      interrupted = true;
    }
    assertFalse(interrupted);
  }

  private static ProbeResult result(long id, Verdict verdict, List<Trail.Entry> trail) {
    return new ProbeResult(
        id,
        new ProbeRequest(ModuleConfig.empty("web"), "t", null, Duration.ofSeconds(1)),
        verdict,
        false,
        Instant.EPOCH,
        0,
        Duration.ZERO,
        List.of(),
        List.of(),
        List.of(),
        trail);
  }
}
