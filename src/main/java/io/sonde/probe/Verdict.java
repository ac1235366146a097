package io.sonde.probe;

import io.sonde.config.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * How a probe ended.
 *
 * @param failure what went wrong, or null if the probe passed
 */
public record Verdict(@Nullable Failure failure) {
  /** The probe passed. */
  public static final Verdict PASSED = new Verdict(null);

  /** A failed probe. */
  public static Verdict failed(Phase phase, Reason reason, String message) {
    return new Verdict(new Failure(phase, reason, message));
  }

  /** The same without these secrets in its message. */
  Verdict without(Redaction secrets) {
    return failure != null && secrets.isIn(failure.message())
        ? failed(failure.phase(), failure.reason(), secrets.hide(failure.message()))
        : this;
  }

  /** Whether the probe passed. */
  public boolean success() {
    return failure == null;
  }
}
