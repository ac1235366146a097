package io.sonde.telemetry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the daemon counts about the probes it runs. Thread-safe, and cheap enough for every probe.
 */
public final class ProbeStats {
  private final LongAdder passed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder unknownModules = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final int maxInFlight;

  /**
   * Nothing counted yet.
   *
   * @param maxInFlight most probes that may be under way at once
   */
  public ProbeStats(int maxInFlight) {
    this.maxInFlight = maxInFlight;
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

  /** Counts the end of a probe that was admitted. */
  public void ended(boolean success) {
    inFlight.decrementAndGet();
    (success ? passed : failed).increment();
  }

  /** Counts the end of a probe that was admitted and whose caller left. */
  public void abandoned() {
    inFlight.decrementAndGet();
    abandoned.increment();
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

  long passed() {
    return passed.sum();
  }

  long failed() {
    return failed.sum();
  }

  long abandonedProbes() {
    return abandoned.sum();
  }

  long rejected() {
    return rejected.sum();
  }

  long unknownModules() {
    return unknownModules.sum();
  }
}
