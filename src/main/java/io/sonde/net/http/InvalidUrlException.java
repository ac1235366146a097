package io.sonde.net.http;

/** A text that is no URL. The message says what is wrong with it and quotes no credentials. */
public final class InvalidUrlException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidUrlException(String message) {
    super(message, null, false, false);
  }
}
