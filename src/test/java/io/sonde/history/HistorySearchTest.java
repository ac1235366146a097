package io.sonde.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistorySearchTest {
  private static final String HOST_1 = "http://host-1.example/health";

  private final History history = new History(20, 8 << 20);

  @BeforeEach
  void fill() {
    for (int id = 0; id < 100; id++) {
      history.add(HistoryLoad.result(id, id % 5));
    }
  }

  @Test
  void pagesGoOnWhereTheLastEndedWhateverCameMeanwhile() {
    List<Long> seen = new ArrayList<>();
    Long before = Long.MAX_VALUE;
    int added = 100;
    while (before != null) {
      Slice slice = history.search(query(null, null, null, null, null, before, 7));
      slice.results().forEach(result -> seen.add(result.id()));
      before = slice.next();
      history.add(HistoryLoad.result(added++, 3));
    }
    assertEquals(99, seen.get(0));
    assertEquals(seen.stream().distinct().sorted((a, b) -> Long.compare(b, a)).toList(), seen);
    assertTrue(seen.contains(0L), "the last failure of a target of long ago");
  }

  @Test
  void everyFilterCounts() {
    assertEquals(
        List.of(96L, 91L, 86L, 81L, 66L, 11L),
        ids(query("web", HOST_1, null, null, null, Long.MAX_VALUE, 100)));
    assertEquals(
        List.of(66L, 11L), ids(query(null, HOST_1, null, false, null, Long.MAX_VALUE, 100)));
    assertEquals(List.of(), ids(query("other", null, null, null, null, Long.MAX_VALUE, 100)));
    assertEquals(
        List.of(98L, 93L), ids(query(null, null, "HOST-3", true, null, Long.MAX_VALUE, 2)));
    assertEquals(
        List.of(99L, 88L),
        ids(
            new Query(
                null,
                null,
                null,
                null,
                Reason.REFUSED,
                Instant.ofEpochSecond(1_700_000_085L),
                Long.MAX_VALUE,
                100)));
    assertEquals(
        List.of(), ids(query(null, null, null, null, Reason.TIMEOUT, Long.MAX_VALUE, 100)));
  }

  @Test
  void theLatestResultsOfATargetAreThereAsNumbers() {
    List<Point> points = history.points("web", HOST_1);
    assertEquals(20, points.size());
    assertEquals(1, points.get(0).id());
    Point last = points.get(19);
    assertEquals(96, last.id());
    assertEquals(Instant.ofEpochSecond(1_700_000_096L), last.startedAt());
    assertEquals(4_000, last.durationMicros());
    assertTrue(last.success());
    assertEquals(
        Map.of(
            Phase.RESOLVE, 1_000L,
            Phase.CONNECT, 1_000L,
            Phase.PROCESSING, 1_000L,
            Phase.TRANSFER, 1_000L),
        last.phaseMicros());
    Point failed = points.get(13);
    assertEquals(66, failed.id());
    assertFalse(failed.success());
    assertEquals(Reason.REFUSED, failed.reason());
    assertEquals(Phase.CONNECT, failed.failedIn());
    assertEquals(List.of(), history.points("web", "nobody"));
  }

  @Test
  void aRingTurnsRoundWhenItIsFull() {
    for (int id = 100; id < 500; id++) {
      history.add(HistoryLoad.result(id, 7));
    }
    List<Long> ids =
        history.points("web", "http://host-7.example/health").stream().map(Point::id).toList();
    assertEquals(60, ids.size());
    assertEquals(440, ids.get(0));
    assertEquals(499, ids.get(59));
  }

  @Test
  void aTargetTellsSinceWhenItIsAsItIs() {
    TargetState state = Objects.requireNonNull(history.target("web", HOST_1));
    assertEquals(Instant.ofEpochSecond(1_700_000_071L), state.since());
    assertEquals(Instant.ofEpochSecond(1_700_000_001L), state.firstSeen());
    assertEquals(18, state.passed());
    assertEquals(2, state.failed());
    assertEquals(96, Objects.requireNonNull(state.lastSuccess()).id());
    assertEquals(66, Objects.requireNonNull(state.lastFailure()).id());
    assertNull(history.target("web", "nobody"));
  }

  @Test
  void numbersSurviveTheirPackingToAPartInTwoThousand() {
    for (long micros = 0; micros < 120_000_000L; micros = micros * 3 / 2 + 1) {
      long packed = Points.unpack(Points.pack(micros));
      assertTrue(Math.abs(packed - micros) <= micros / 1_024, micros + " became " + packed);
    }
    assertEquals(2_047L << 31, Points.unpack(Points.pack(Long.MAX_VALUE)));
  }

  private List<Long> ids(Query query) {
    return history.search(query).results().stream().map(ProbeResult::id).toList();
  }

  private static Query query(
      @Nullable String module,
      @Nullable String target,
      @Nullable String part,
      @Nullable Boolean success,
      @Nullable Reason reason,
      long before,
      int limit) {
    return new Query(module, target, part, success, reason, null, before, limit);
  }
}
