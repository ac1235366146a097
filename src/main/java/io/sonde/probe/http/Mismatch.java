package io.sonde.probe.http;

import io.sonde.probe.Reason;

/**
 * What is wrong with a body.
 *
 * @param reason {@link Reason#BODY}, unless the body is too much to judge
 * @param message what happened, as the trail says it
 * @param key what the detail is
 * @param detail the expression, or the trouble with it
 */
record Mismatch(Reason reason, String message, String key, String detail) {
  static Mismatch of(String message, String key, String detail) {
    return new Mismatch(Reason.BODY, message, key, detail);
  }

  @Override
  public String toString() {
    return message + ' ' + detail;
  }
}
