package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sonde.count.DurationCounts;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModuleCountsTest extends ProbeRunClaims {
  private final ModuleCounts counts = new ModuleCounts();

  @Test
  void aPassedProbeIsCountedWithItsTime() {
    start(run -> stage);
    virtual.advance(Duration.ofMillis(30));
    stage.complete(Verdict.PASSED);

    counts.ended(result());

    assertEquals(1, counts.passed());
    assertEquals(0, counts.failed());
    assertEquals(0.03, counts.durations().sumSeconds());
    assertEquals(0, counts.failed(Phase.CONNECT, Reason.REFUSED));
  }

  @Test
  void aFailureIsCountedByPhaseAndReason() {
    start(run -> stage);
    stage.complete(Verdict.failed(Phase.CHECK, Reason.INTERNAL, "last of both"));

    counts.ended(result());
    counts.ended(result());

    assertEquals(2, counts.failed());
    assertEquals(2, counts.failed(Phase.CHECK, Reason.INTERNAL));
    assertEquals(0, counts.failed(Phase.SETUP, Reason.CONFIG));
  }

  @Test
  void thePhasesOfAllHopsAreAddedUp() {
    ProbeRun run = start(r -> stage);
    for (int hop = 0; hop < 2; hop++) {
      run.timeline().enter(Phase.CONNECT, hop, virtual.nanoTime());
      virtual.advance(Duration.ofMillis(10));
      run.timeline().enter(Phase.PROCESSING, hop, virtual.nanoTime());
      virtual.advance(Duration.ofMillis(100));
    }
    stage.complete(Verdict.failed(Phase.PROCESSING, Reason.CLOSED, "gone"));

    counts.addPhases(result());

    assertEquals(0.02, sumOf(Phase.CONNECT));
    assertEquals(0.2, sumOf(Phase.PROCESSING));
    assertNull(counts.durations(Phase.TLS));
  }

  private double sumOf(Phase phase) {
    DurationCounts durations = counts.durations(phase);
    assertNotNull(durations, phase.label());
    assertEquals(1, Arrays.stream(durations.buckets()).sum());
    return durations.sumSeconds();
  }
}
