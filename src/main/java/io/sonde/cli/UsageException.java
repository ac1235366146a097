package io.sonde.cli;

/** The command line makes no sense; the message says what, for people. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
