package io.sonde.testkit;

import io.sonde.config.ModuleConfig;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Probes that have ended, of which a test needs no more than how. */
public final class Ended {
  private Ended() {}

  /** One of a module without settings. */
  public static ProbeResult of(String module, String target, Verdict verdict, Duration took) {
    return new ProbeResult(
        0,
        new ProbeRequest(ModuleConfig.empty(module), target, null, Duration.ofSeconds(1)),
        verdict,
        false,
        Instant.EPOCH,
        0,
        took,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
