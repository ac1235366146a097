package io.sonde;

/** The daemon cannot start; the message is the record that says why. */
final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A failed start.
   *
   * @param message what failed, a fixed text
   * @param reason why
   */
  StartupException(String message, String reason) {
    super(message, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
