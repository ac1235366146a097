package io.sonde.probe;

/**
 * One stretch of a probe's time.
 *
 * @param phase what was going on
 * @param hop which request of a chain of redirects, from 0
 * @param startNanos when it began, on the loop's clock
 * @param endNanos when it ended, on the loop's clock
 * @param completed false if the probe ended in the middle of it
 */
public record Span(Phase phase, int hop, long startNanos, long endNanos, boolean completed) {
  /** How long it took, in nanoseconds. */
  public long nanos() {
    return endNanos - startNanos;
  }
}
