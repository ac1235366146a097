package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.config.TcpSpec;
import io.sonde.testkit.VirtualLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrailTest {
  private final VirtualLoop virtual = new VirtualLoop();
  private final ProbeRun run =
      ProbeRun.start(
          1,
          new ProbeRequest(
              ModuleConfig.of("test", Duration.ZERO, TcpSpec.DEFAULT),
              "127.0.0.1:1",
              null,
              Duration.ofSeconds(1)),
          r -> new CompletableFuture<>(),
          virtual.loop(),
          result -> {});

  @Test
  void entriesKeepTheirMomentLevelAndAttributes() {
    virtual.advance(Duration.ofMillis(2));
    run.trail().warn("Something odd", "count", 3, "name", "x", "odd", true);
    assertEquals(
        new Trail.Entry(
            virtual.nanoTime(),
            Trail.Level.WARN,
            "Something odd",
            List.of("count", 3, "name", "x", "odd", true)),
        last());
  }

  @Test
  void objectsAreNotKept() {
    run.trail().debug("An object", "value", URI.create("text"));
    assertEquals("text", last().attributes().get(1));
  }

  @Test
  void longTextIsCutAndSaysSo() {
    run.trail().error("Long", "value", "x".repeat(Trail.MAX_STRING_CHARS + 1));
    String value = (String) last().attributes().get(1);
    assertTrue(value.endsWith("x... (" + (Trail.MAX_STRING_CHARS + 1) + " characters)"), value);

    run.trail().error("Just fits", "value", "x".repeat(Trail.MAX_STRING_CHARS));
    assertEquals(Trail.MAX_STRING_CHARS, ((String) last().attributes().get(1)).length());
  }

  @Test
  void aFailedStageIsNotedWithItsReasonAndAnyOtherIsNot() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    run.trail().errorIfFailed("Step failed", stage.thenApply(text -> text));
    stage.completeExceptionally(new ProbeFailure(Phase.CONNECT, Reason.REFUSED, "nobody home"));
    assertEquals("Step failed", last().message());
    assertEquals(List.of("err", "nobody home"), last().attributes());

    run.trail().errorIfFailed("A bug", CompletableFuture.failedFuture(new RuntimeException()));
    run.trail().errorIfFailed("No failure", CompletableFuture.completedFuture("x"));
    run.settle(Verdict.PASSED);
    run.trail().errorIfFailed("Too late", stage);
    assertTrue(run.trail().freeze().stream().noneMatch(e -> e.message().equals("Too late")));
    assertTrue(run.trail().freeze().stream().noneMatch(e -> e.message().startsWith("A bug")));
    assertTrue(run.trail().freeze().stream().noneMatch(e -> e.message().startsWith("No")));
  }

  @Test
  void aRunThatNotesTooMuchIsToldSoByTheLastEntry() {
    for (int i = 0; i < 3 * Trail.MAX_ENTRIES; i++) {
      run.trail().debug("Again");
    }
    List<Trail.Entry> entries = run.trail().freeze();
    assertEquals(Trail.MAX_ENTRIES + 1, entries.size());
    assertEquals("Further records are left out", last().message());
  }

  private Trail.Entry last() {
    List<Trail.Entry> entries = run.trail().freeze();
    return entries.get(entries.size() - 1);
  }
}
