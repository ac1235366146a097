package io.sonde.history;

import io.sonde.probe.ProbeResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one target as one module sees it.
 *
 * @param module the module's name
 * @param target without a password
 * @param last the latest result in numbers
 * @param since when the first result came of those in a row that ended as the latest did
 * @param firstSeen when the first result came that is counted here
 * @param passed results that passed since then
 * @param failed results that failed since then
 * @param lastSuccess the latest whole result that passed, or null if none did or none is kept
 * @param lastFailure the latest whole result that failed, or null if none did or none is kept
 */
public record TargetState(
    String module,
    String target,
    Point last,
    Instant since,
    Instant firstSeen,
    long passed,
    long failed,
    @Nullable ProbeResult lastSuccess,
    @Nullable ProbeResult lastFailure) {
  /** Whether the latest result passed. */
  public boolean success() {
    return last.success();
  }
}
