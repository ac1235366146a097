package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import io.sonde.testkit.Ended;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetStatsTest {
  private final AtomicLong now = new AtomicLong();
  private final TargetStats stats = new TargetStats(2, now::get);

  @Test
  void targetsAreToldApartByModule() {
    stats.ended(passed("web", "a"));
    stats.ended(passed("web", "a"));
    stats.ended(failed("ping", "a"));
    assertEquals(List.of("ping a 0 of 1", "web a 2 of 2"), told());
  }

  @Test
  void beyondTheLimitProbesAreOnlyCounted() {
    IntStream.range(0, 1_000).parallel().forEach(i -> stats.ended(passed("web", "t" + i)));
    assertEquals(2, stats.size());
    assertEquals(2, stats.targets().size());
    assertEquals(998, stats.overflow());
  }

  @Test
  void aTargetThatNobodyAsksAboutGivesItsPlaceAway() {
    stats.ended(passed("web", "gone"));
    now.addAndGet(TargetStats.IDLE_NANOS);
    stats.ended(passed("web", "kept"));
    assertEquals(List.of("web gone 1 of 1", "web kept 1 of 1"), told());
    now.addAndGet(1);
    assertEquals(List.of("web kept 1 of 1"), told());
    stats.ended(passed("web", "new"));
    assertEquals(List.of("web kept 1 of 1", "web new 1 of 1"), told());
    assertEquals(0, stats.overflow());
  }

  @Test
  void aLongTargetIsCutBetweenCharacters() {
    String smile = "\ud83d\ude00";
    stats.ended(passed("web", "xx" + smile.repeat(400)));
    stats.ended(passed("web", "x" + smile.repeat(400)));
    for (TargetStats.Target target : stats.targets()) {
      assertTrue(target.name().length() <= TargetStats.MOST_CHARS, target.name());
      assertTrue(target.name().endsWith(smile + "..."), target.name());
    }
    assertEquals(2, stats.size());
  }

  private List<String> told() {
    return stats.targets().stream()
        .map(
            target ->
                target.module()
                    + " "
                    + target.name()
                    + " "
                    + target.passed()
                    + " of "
                    + IntStream.range(0, target.durations().buckets().length)
                        .mapToLong(i -> target.durations().buckets()[i])
                        .sum())
        .sorted()
        .toList();
  }

  private static ProbeResult passed(String module, String target) {
    return Ended.of(module, target, Verdict.PASSED, Duration.ofMillis(20));
  }

  private static ProbeResult failed(String module, String target) {
    Verdict verdict = Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused");
    return Ended.of(module, target, verdict, Duration.ofMillis(20));
  }
}
