package io.sonde.telemetry;

import io.sonde.probe.ModuleCounts;
import io.sonde.probe.ProbeResult;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon counts about the probes it runs, and how many may be under way. Thread-safe, and
 * cheap enough for every probe: what is told apart by module is counted in cells that come with the
 * module.
 */
public final class ProbeStats {
  private final LongAdder rejected = new LongAdder();
  private final LongAdder unknownModules = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final int maxInFlight;
  private final boolean withPhases;
  private final @Nullable TargetStats targets;

  /**
   * Nothing counted yet, and neither phases nor targets to be told apart.
   *
   * @param maxInFlight most probes that may be under way at once
   */
  public ProbeStats(int maxInFlight) {
    this(maxInFlight, false, null);
  }

  /**
   * Nothing counted yet.
   *
   * @param maxInFlight most probes that may be under way at once
   * @param withPhases whether to count what probes spend in each phase
   * @param targets what is counted about single targets, or null for nothing
   */
  public ProbeStats(int maxInFlight, boolean withPhases, @Nullable TargetStats targets) {
    this.maxInFlight = maxInFlight;
    this.withPhases = withPhases;
    this.targets = targets;
  }

  /** Admits one more probe, which must be ended, or counts it as rejected. */
  public boolean admit() {
    if (inFlight.incrementAndGet() <= maxInFlight) {
      return true;
    }
    inFlight.decrementAndGet();
    rejected.increment();
    return false;
  }

  /** Counts the end of a probe that was admitted, also of one whose caller left. */
  public void ended(ModuleCounts module, ProbeResult result) {
    inFlight.decrementAndGet();
    if (result.abandoned()) {
      module.abandoned();
      return;
    }
    module.ended(result);
    if (withPhases) {
      module.addPhases(result);
    }
    if (targets != null) {
      targets.ended(result);
    }
  }

  /** Counts a request for a module that does not exist. */
  public void unknownModule() {
    unknownModules.increment();
  }

  /** Most probes that may be under way at once. */
  public int maxInFlight() {
    return maxInFlight;
  }

  /** Probes that are under way. */
  public int inFlight() {
    return inFlight.get();
  }

  boolean withPhases() {
    return withPhases;
  }

  @Nullable TargetStats targets() {
    return targets;
  }

  long rejected() {
    return rejected.sum();
  }

  long unknownModules() {
    return unknownModules.sum();
  }
}
