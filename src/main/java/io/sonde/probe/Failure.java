package io.sonde.probe;

/**
 * How a probe failed.
 *
 * @param phase where
 * @param reason why, from a closed set
 * @param message one line for people: what was expected, what came; never holds a secret
 */
public record Failure(Phase phase, Reason reason, String message) {
  /** Longer messages are cut: peers have a say in them, and results are kept. */
  static final int MAX_MESSAGE_CHARS = 1_000;

  public Failure {
    message = Trail.cut(message, MAX_MESSAGE_CHARS);
  }
}
