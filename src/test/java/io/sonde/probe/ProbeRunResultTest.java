package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is left of a run. */
class ProbeRunResultTest extends ProbeRunClaims {
  @Test
  void aPassedProbeCompletesItsOpenPhase() {
    ProbeRun run = start(r -> stage);
    run.timeline().enter(Phase.TRANSFER, 0, run.nanoTime());
    virtual.advance(Duration.ofMillis(7));

    stage.complete(Verdict.PASSED);

    assertEquals(
        List.of(
            new Span(
                Phase.TRANSFER,
                0,
                result().startNanos(),
                result().startNanos() + Duration.ofMillis(7).toNanos(),
                true)),
        result().spans());
  }

  @Test
  void everyResultHasTheCommonSeries() {
    start(r -> stage);
    virtual.advance(Duration.ofMillis(250));
    stage.complete(Verdict.PASSED);

    assertEquals(1, value(Metric.PROBE_SUCCESS));
    assertEquals(0.25, value(Metric.PROBE_DURATION_SECONDS));
    assertEquals(5, value(Metric.PROBE_TIMEOUT_SECONDS));
    assertEquals(3, result().samples().size(), () -> result().samples().toString());
  }

  @Test
  void aFailedProbeSaysWhereAndWhyInOneSeries() {
    start(r -> CompletableFuture.completedFuture(REFUSED));
    assertEquals(0, value(Metric.PROBE_SUCCESS));
    Sample info = sample(Metric.PROBE_FAILURE_INFO);
    assertNotNull(info);
    assertEquals(List.of("connect", "refused"), info.labelValues());
    assertEquals(1, info.value());
  }

  @Test
  void theTrailBeginsAndEndsWithTheProbe() {
    start(r -> stage);
    stage.complete(Verdict.PASSED);
    assertEquals(
        List.of("Beginning probe", "Probe succeeded"),
        result().trail().stream().map(Trail.Entry::message).toList());

    results.clear();
    start(r -> CompletableFuture.completedFuture(REFUSED));
    Trail.Entry last = result().trail().get(result().trail().size() - 1);
    assertEquals("Probe failed", last.message());
    assertEquals(Trail.Level.ERROR, last.level());
  }

  @Test
  void theResultDoesNotChangeAfterwards() {
    ProbeRun run = start(r -> stage);
    stage.complete(Verdict.PASSED);

    run.samples().set(Metric.PROBE_HTTP_REDIRECTS, 3);
    run.trail().debug("late");
    run.timeline().enter(Phase.CHECK, 0, run.nanoTime());
    run.timeline().complete(run.nanoTime());

    assertEquals(3, result().samples().size());
    assertEquals(2, result().trail().size());
    assertEquals(List.of(), result().spans());
  }
}
