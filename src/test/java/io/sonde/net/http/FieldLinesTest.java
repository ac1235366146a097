package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldLinesTest {
  private final FieldLines lines = new FieldLines();
  private final ByteBuf in = Unpooled.buffer();

  @Test
  void nothingIsDecodedBeforeALineHasEnded() {
    assertFalse(arrives("X-A: "));
    assertFalse(arrives("b"));
    assertTrue(arrives("\n"));
    in.clear();
    assertFalse(arrives("c"));
  }

  @Test
  void aFewFoldsAreFine() {
    assertTrue(arrives("A: b\r\n" + " c\r\n".repeat(FieldLines.MAX_FOLDS)));
  }

  @Test
  void manyFoldsAreRefused() {
    arrives("A: b\r\n" + "\tc\r\n".repeat(FieldLines.MAX_FOLDS));
    in.clear();
    assertThrows(HeaderLimitException.class, () -> arrives(" c\n"));
  }

  @Test
  void aBodyHasNoFolds() {
    String body = "\n b".repeat(2 * FieldLines.MAX_FOLDS) + "\n";
    assertTrue(arrives("A: b\r\n\r\n" + body));
    in.clear();
    assertTrue(arrives("A: b\n" + body));
    in.clear();
    assertTrue(arrives("\r\n" + body));
    assertEquals(0, in.readerIndex());
  }

  private boolean arrives(String text) {
    in.writeCharSequence(text, StandardCharsets.US_ASCII);
    return lines.follow(in);
  }
}
