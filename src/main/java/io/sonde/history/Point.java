package io.sonde.history;

import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One result in a few numbers.
 *
 * @param id number of the probe
 * @param startedAt when it began, to the second
 * @param durationMicros how long it took, in microseconds
 * @param failedIn the phase it failed in, or null if it passed
 * @param reason why it failed, or null if it passed
 * @param phaseMicros where the time went, over all hops, in microseconds, to a part in 2,000;
 *     phases that took none are left out
 */
public record Point(
    long id,
    Instant startedAt,
    long durationMicros,
    @Nullable Phase failedIn,
    @Nullable Reason reason,
    Map<Phase, Long> phaseMicros) {
  /** Whether the probe passed. */
  public boolean success() {
    return reason == null;
  }
}
