package io.sonde.telemetry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the spans of probes: each is waiting, exported or dropped. Safe for use by many
 * threads.
 */
public final class TraceStats {
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder exported = new LongAdder();
  private final LongAdder crowdedOut = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean on;

  /** Notes that spans are exported at all; without that none of this is shown. */
  public void begin() {
    on = true;
  }

  /**
   * Admits the spans of one probe, all or none.
   *
   * @param most how many may wait at once
   */
  public boolean admit(int spans, int most) {
    if (waiting.addAndGet(spans) <= most) {
      return true;
    }
    waiting.addAndGet(-spans);
    crowdedOut.add(spans);
    return false;
  }

  /** Spans that waited were exported. */
  public void exported(int spans) {
    waiting.addAndGet(-spans);
    exported.add(spans);
  }

  /** An export failed, and its spans are lost. */
  public void failed(int spans) {
    waiting.addAndGet(-spans);
    lost.add(spans);
    failures.increment();
  }

  /** Spans that wait, those included that are just being exported. */
  public int waiting() {
    return waiting.get();
  }

  /** Spans that the receiver has accepted. */
  public long exportedSpans() {
    return exported.sum();
  }

  /** Spans that were dropped because too many waited. */
  public long crowdedOut() {
    return crowdedOut.sum();
  }

  /** Spans that were dropped because their export failed. */
  public long lost() {
    return lost.sum();
  }

  /** Exports that failed. */
  public long failures() {
    return failures.sum();
  }

  boolean isOn() {
    return on;
  }
}
