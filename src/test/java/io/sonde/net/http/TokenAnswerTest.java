package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.net.file.SearchWork;
import org.junit.jupiter.api.Test;

class TokenAnswerTest {
  @Test
  void fewBytesThatMayBeManyAreNotReadOnTheLoop() {
    assertTrue(answer("gzip", 100).mayTakeLong());
    assertTrue(answer(" GZIP", 100).mayTakeLong());
    assertTrue(answer("", SearchWork.LARGE_BYTES + 1).mayTakeLong());
    assertFalse(answer("", SearchWork.LARGE_BYTES).mayTakeLong());
  }

  private static TokenAnswer answer(String encoding, int bytes) {
    return new TokenAnswer(200, "application/json", encoding, new byte[bytes]);
  }
}
