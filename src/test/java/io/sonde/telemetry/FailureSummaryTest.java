package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailureSummaryTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final ModuleConfig MODULE = ModuleConfig.empty("m");

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();
  private final FailureSummary summary = summary();

  private FailureSummary summary() {
    written.setContext(context);
    written.start();
    context.getLogger("log").addAppender(written);
    return new FailureSummary(new ProbeRecords(context.getLogger("log")), INTERVAL, nanos::get);
  }

  @Test
  void theFirstIsToldAtOnceAndThoseThatFollowOncePerInterval() {
    for (int i = 0; i < 45; i++) {
      fails("a", Reason.REFUSED);
      passSeconds(15);
    }
    assertEquals(
        """
        Probe failed target=a reason=refused
        Probe still failing target=a reason=refused count=20 since=2026-01-31T12:00:00Z
        Probe still failing target=a reason=refused count=20 since=2026-01-31T12:00:00Z
        """,
        told());
    summary.flush();
    assertEquals(
        "Probe still failing target=a reason=refused count=4 since=2026-01-31T12:00:00Z\n", told());
    summary.flush();
    assertEquals("", told());
  }

  @Test
  void anotherReasonIsToldAtOnce() {
    fails("a", Reason.REFUSED);
    fails("a", Reason.TIMEOUT);
    fails("a", Reason.REFUSED);
    fails("b", Reason.REFUSED);
    assertEquals(
        """
        Probe failed target=a reason=refused
        Probe failed target=a reason=timeout
        Probe failed target=b reason=refused
        """,
        told());
  }

  @Test
  void aRecoveryTellsHowLongAndHowMany() {
    fails("a", Reason.REFUSED);
    passSeconds(15);
    fails("a", Reason.REFUSED);
    passSeconds(15);
    passes("a");
    passes("a");
    passes("b");
    assertEquals(
        """
        Probe failed target=a reason=refused
        Probe recovered target=a count=1 since=2026-01-31T12:00:00Z failures=2 outages=1 down_seconds=30.0
        """,
        told());
  }

  @Test
  void whatComesAndGoesIsFoldedToo() {
    for (int i = 0; i < 10; i++) {
      fails("a", Reason.REFUSED);
      passSeconds(10);
      passes("a");
      passSeconds(10);
    }
    assertEquals(
        """
        Probe failed target=a reason=refused
        Probe recovered target=a count=0 since=2026-01-31T12:00:00Z failures=1 outages=1 down_seconds=10.0
        """,
        told());
    passSeconds(300);
    summary.tick();
    assertEquals(
        "Probe recovered target=a count=9 since=2026-01-31T12:00:20Z failures=9 outages=9"
            + " down_seconds=90.0\n",
        told());
    passSeconds(300);
    summary.tick();
    fails("a", Reason.REFUSED);
    assertEquals("Probe failed target=a reason=refused\n", told());
  }

  @Test
  void aTickTellsWhatIsDueThoughNobodyProbesAnyMore() {
    fails("a", Reason.REFUSED);
    fails("a", Reason.REFUSED);
    told();
    passSeconds(299);
    summary.tick();
    assertEquals("", told());
    passSeconds(1);
    summary.tick();
    assertEquals(
        "Probe still failing target=a reason=refused count=1 since=2026-01-31T12:00:00Z\n", told());
    passSeconds(3_600);
    summary.tick();
    fails("a", Reason.REFUSED);
    assertEquals("Probe failed target=a reason=refused\n", told());
  }

  @Test
  void aStormIsToldInBoundedRecordsAndNothingIsLost() {
    long lines = 0;
    long failures = 0;
    for (int round = 0; round < 40; round++) {
      for (int target = 0; target < 10_000; target++) {
        fails("t" + target, Reason.TIMEOUT);
        failures++;
      }
      passSeconds(15);
      summary.tick();
    }
    summary.flush();
    long counted = 0;
    for (ILoggingEvent record : written.list) {
      lines++;
      counted += record.getMessage().equals("Probe failed") ? 1 : number(record, "count");
    }
    assertEquals(failures, counted);
    assertEquals(400_000, failures);
    assertEquals(FailureSummary.MOST_KINDS * 3 + 3, lines);
  }

  @Test
  void roomIsMadeWhenTargetsRecover() {
    for (int target = 0; target <= FailureSummary.MOST_KINDS; target++) {
      fails("t" + target, Reason.TIMEOUT);
    }
    for (int target = 0; target <= FailureSummary.MOST_KINDS; target++) {
      passes("t" + target);
    }
    passSeconds(300);
    summary.tick();
    told();
    fails("new", Reason.TIMEOUT);
    assertEquals("Probe failed target=new reason=timeout\n", told());
  }

  @Test
  void manyLoopsAtOnceLoseNothing() throws Exception {
    int threads = 4;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                awaitQuietly(go);
                for (int n = 0; n < 5_000; n++) {
                  summary.add(result("t" + n % 7, Verdict.failed(Phase.TLS, Reason.TLS, "no")));
                  if (n % 1_000 == 0) {
                    nanos.addAndGet(INTERVAL.toNanos());
                    summary.tick();
                  }
                }
              });
      thread.start();
      all.add(thread);
    }
    go.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    summary.flush();
    long counted =
        written.list.stream()
            .mapToLong(r -> r.getMessage().equals("Probe failed") ? 1 : number(r, "count"))
            .sum();
    assertEquals(threads * 5_000L, counted);
    assertTrue(written.list.size() < 1_000, () -> written.list.size() + " records");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ignored) {
      Thread.currentThread().interrupt();
    }
  }

  private void fails(String target, Reason reason) {
    summary.add(result(target, Verdict.failed(Phase.CONNECT, reason, "no")));
  }

  private void passes(String target) {
    summary.add(result(target, Verdict.PASSED));
  }

  private void passSeconds(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private ProbeResult result(String target, Verdict verdict) {
    return new ProbeResult(
        ids.getAndIncrement(),
        new ProbeRequest(MODULE, target, null, Duration.ofSeconds(1)),
        verdict,
        false,
        START.plusNanos(nanos.get()),
        0,
        Duration.ofMillis(1),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** What was written since the last time this was asked. */
  private String told() {
    String text = written.list.stream().map(FailureSummaryTest::line).collect(Collectors.joining());
    written.list.clear();
    return text;
  }

  private static String line(ILoggingEvent record) {
    List<String> left = List.of("module", "phase", "err", "duration_seconds", "probe_id");
    return record.getMessage()
        + record.getKeyValuePairs().stream()
            .filter(pair -> !left.contains(pair.key))
            .map(pair -> " " + pair.key + "=" + pair.value)
            .collect(Collectors.joining())
        + "\n";
  }

  private static long number(ILoggingEvent record, String key) {
    return record.getKeyValuePairs().stream()
        .filter(pair -> pair.key.equals(key))
        .mapToLong(pair -> (Long) pair.value)
        .findFirst()
        .orElseThrow();
  }
}
