package io.sonde.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Verdict FAILED = Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused");

  @Test
  void theNewestResultsStay() {
    History history = new History(2, 1 << 20);
    for (int id = 0; id < 5; id++) {
      history.add(result(id, "a", "m", Verdict.PASSED));
    }
    assertEquals(List.of(4L, 3L), ids(history));
    assertNull(history.find(2));
    assertEquals(3, id(history.find(3)));
  }

  @Test
  void failuresOutliveSuccessesUpToTheSameLimit() {
    History history = new History(2, 1 << 20);
    for (int id = 0; id < 4; id++) {
      history.add(result(id, "a", "m", FAILED));
    }
    for (int id = 4; id < 10; id++) {
      history.add(result(id, "a", "m", Verdict.PASSED));
    }
    assertEquals(List.of(9L, 8L, 3L, 2L), ids(history));
    assertEquals(2, id(history.find(2)));
  }

  @Test
  void theNewestMatchOfATargetIsFound() {
    History history = new History(2, 1 << 20);
    history.add(result(0, "a", "m", FAILED));
    history.add(result(1, "a", "n", Verdict.PASSED));
    history.add(result(2, "a", "n", Verdict.PASSED));
    assertEquals(2, id(history.findNewest("a", "")));
    assertEquals(0, id(history.findNewest("a", "m")));
    assertNull(history.findNewest("b", ""));
    assertNull(history.findNewest("a", "x"));
  }

  @Test
  void aTargetIsFoundWithItsPasswordAndWithout() {
    History history = new History(1, 1 << 20);
    history.add(result(7, "http://joe:<secret>@host/", "m", FAILED));
    assertEquals(7, id(history.findNewest("http://joe:hunter2@host/", "")));
    assertEquals(7, id(history.findNewest("http://joe:<secret>@host/", "")));
    assertNull(history.findNewest("http://host/", ""));
  }

  @Test
  void limitZeroKeepsNothing() {
    History history = new History(0, 1 << 20);
    history.add(result(0, "a", "m", FAILED));
    assertEquals(List.of(), ids(history));
  }

  private static List<Long> ids(History history) {
    return history.newestFirst().stream().map(ProbeResult::id).toList();
  }

  private static long id(@Nullable ProbeResult result) {
    return result == null ? -1 : result.id();
  }

  private static ProbeResult result(long id, String target, String module, Verdict verdict) {
    return new ProbeResult(
        id,
        new ProbeRequest(ModuleConfig.empty(module), target, null, Duration.ofSeconds(1)),
        verdict,
        false,
        Instant.EPOCH,
        0,
        Duration.ZERO,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
