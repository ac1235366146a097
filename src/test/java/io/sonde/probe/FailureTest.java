package io.sonde.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void aMessageThatAPeerMadeLongIsCut() {
    String message = "expected one, got " + "x".repeat(5_000_000);
    ProbeFailure failure = new ProbeFailure(Phase.TRANSFER, Reason.PROTOCOL, message);
    String cut =
        message.substring(0, Failure.MAX_MESSAGE_CHARS)
            + "... ("
            + message.length()
            + " characters)";
    assertEquals(cut, failure.failure().message());
    assertEquals(cut, failure.getMessage());
    assertEquals(cut, Trail.cut(cut));
  }
}
