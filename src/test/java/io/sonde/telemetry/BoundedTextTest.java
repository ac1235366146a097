package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedTextTest {
  private final BoundedText text = BoundedText.ofBytes(4);

  @Test
  void whatIsWithinTheLimitIsCollected() throws IOException {
    text.write(new byte[] {1, 2, 3, 4}, 1, 3);
    text.write(5);
    assertEquals(4, text.toByteArray().length);
    assertEquals(5, text.toByteArray()[3]);
  }

  @Test
  void whatIsBeyondItIsNot() throws IOException {
    text.write(new byte[3]);
    IOException refused = assertThrows(IOException.class, () -> text.write(new byte[2]));
    assertTrue(String.valueOf(refused.getMessage()).contains("larger than 4 bytes"));
    assertEquals(3, text.toByteArray().length);
  }
}
