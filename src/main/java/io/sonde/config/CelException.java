package io.sonde.config;

/** Why a condition cannot be compiled, or does not hold nor fail to hold: one line for people. */
public final class CelException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MAX_MESSAGE_CHARS = 300;

  CelException(String message) {
    super(
        message.length() > MAX_MESSAGE_CHARS
            ? message.substring(0, MAX_MESSAGE_CHARS) + "..."
            : message);
  }
}
