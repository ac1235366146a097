package io.sonde.api;

/** Bodies of requests to the API: a probe that is asked for, or one sentence that says why not. */
public final class ApiFuzz {
  private static final int LONGEST_MESSAGE = 2_000;

  private ApiFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    AskedProbe asked;
    try {
      asked = AskedProbe.read(data);
    } catch (RefusedException refusal) {
      String message = String.valueOf(refusal.getMessage());
      if (message.length() > LONGEST_MESSAGE || refusal.status() != 400) {
        throw new AssertionError("expected one short sentence, got " + message, refusal);
      }
      return;
    }
    if (asked.target().isEmpty() || asked.module().isEmpty() || !(asked.seconds() >= 0)) {
      throw new AssertionError("expected a probe that can be run, got " + asked.target());
    }
  }
}
