package io.sonde.probe;

import org.jspecify.annotations.Nullable;

/**
 * The expected failure of one step of a probe, travelling down the chain of stages to the verdict.
 * It carries no stack trace: a refused connection is news about the target, not a bug of ours.
 * Anything else that escapes a step is reported as {@link Reason#INTERNAL}.
 */
public final class ProbeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** A failure of a step. */
  public ProbeFailure(Phase phase, Reason reason, String message) {
    this(phase, reason, message, null);
  }

  /** A failure of a step, with what caused it. */
  public ProbeFailure(Phase phase, Reason reason, String message, @Nullable Throwable cause) {
    this(new Failure(phase, reason, message), cause);
  }

  private ProbeFailure(Failure failure, @Nullable Throwable cause) {
    super(failure.message(), cause, false, false);
    this.failure = failure;
  }

  /** What failed. */
  public Failure failure() {
    return failure;
  }
}
