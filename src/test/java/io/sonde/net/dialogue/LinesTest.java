package io.sonde.net.dialogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
  private final Lines lines = new Lines();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a\\nb\\n     | a,b",
        "a\\r\\nb\\n  | a,b",
        "a\\r\\r\\n   | a\\r",
        "\\n\\n       | ,",
        "a\\rb\\n     | a\\rb",
        "\\r\\n       | ''",
        "a            | a",
        "a\\r         | a",
        "\\r          | ''",
        "a\\n         | a",
        "a\\nb        | a,b"
      })
  void aLineEndsWithALineFeedOrWithTheStream(String stream, String expected) {
    add(unescape(stream));
    lines.end();
    List<String> found = all();
    assertEquals(
        expected.equals("''") ? List.of("") : Arrays.asList(unescape(expected).split(",", -1)),
        found);
    assertTrue(lines.isOver());
  }

  @Test
  void anEmptyStreamHasNoLine() {
    lines.end();
    assertNull(lines.next());
    assertTrue(lines.isOver());
    assertFalse(lines.isTooLong());
  }

  @Test
  void whatIsUnfinishedIsNoLineBeforeTheEnd() {
    add("220 rea");
    assertNull(lines.next());
    add("dy\r");
    assertNull(lines.next());
    add("\n250");
    assertEquals("220 ready", next());
    assertNull(lines.next());
    assertFalse(lines.isOver());
    lines.end();
    assertEquals("250", next());
  }

  @Test
  void aLineOfTheLongestLengthIsALine() {
    String longest = "x".repeat(Lines.MAX_LINE_BYTES);
    add(longest + "\n");
    assertEquals(longest, next());
    add(longest);
    lines.end();
    assertEquals(longest, next());
    assertFalse(lines.isTooLong());
  }

  @Test
  void aCarriageReturnCountsAsALinesByte() {
    add("x".repeat(Lines.MAX_LINE_BYTES - 1) + "\r\n");
    assertEquals(Lines.MAX_LINE_BYTES - 1, next().length());
    add("x".repeat(Lines.MAX_LINE_BYTES) + "\r\n");
    assertNull(lines.next());
    assertTrue(lines.isTooLong());
  }

  @Test
  void aLineThatIsOneByteTooLongIsNone() {
    add("x".repeat(Lines.MAX_LINE_BYTES));
    assertNull(lines.next());
    assertFalse(lines.isTooLong());
    add("x");
    assertNull(lines.next());
    assertTrue(lines.isTooLong());
    add("\n");
    assertNull(lines.next());
    assertTrue(lines.isTooLong());
  }

  @Test
  void bytesAreTakenFromTheSameStream() {
    add("220 ready\r\nSbinary\n");
    assertEquals("220 ready", next());
    assertArrayEquals("Sb".getBytes(StandardCharsets.US_ASCII), lines.take(2));
    assertNull(lines.take(7));
    assertEquals("inary", next());
    assertNull(lines.take(1));
  }

  @Test
  void aLineFeedThatWasTakenEndsNoLine() {
    add("a\nb\nc\n");
    assertArrayEquals("a\nb".getBytes(StandardCharsets.US_ASCII), lines.take(3));
    assertEquals("", next());
    assertEquals("c", next());
  }

  @Test
  void whatIsDiscardedIsGone() {
    add("injected\nrest");
    assertEquals("injected", next());
    assertEquals(4, lines.size());
    lines.discard();
    add("new\n");
    assertEquals("new", next());
  }

  @Test
  void anyCutGivesTheSameLines() {
    Random random = new Random(5);
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      stream.append("x".repeat(random.nextInt(90))).append(random.nextBoolean() ? "\r\n" : "\n");
    }
    add(stream.toString());
    lines.end();
    List<String> whole = all();
    for (int round = 0; round < 20; round++) {
      assertEquals(whole, cut(stream.toString(), random));
    }
  }

  @Test
  void aDripCostsNoMoreThanAFlood() {
    // A search from the beginning for each byte would look at two thousand million bytes.
    for (int i = 0; i < Lines.MAX_LINE_BYTES; i++) {
      add("x");
      assertNull(lines.next());
    }
    add("\n");
    assertEquals(Lines.MAX_LINE_BYTES, next().length());
  }

  private static List<String> cut(String stream, Random random) {
    Lines other = new Lines();
    List<String> found = new ArrayList<>();
    for (int at = 0; at < stream.length(); ) {
      int end = Math.min(stream.length(), at + 1 + random.nextInt(400));
      other.add(Unpooled.copiedBuffer(stream.substring(at, end), StandardCharsets.ISO_8859_1));
      for (byte[] line = other.next(); line != null; line = other.next()) {
        found.add(new String(line, StandardCharsets.ISO_8859_1));
      }
      at = end;
    }
    return found;
  }

  private List<String> all() {
    List<String> found = new ArrayList<>();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      found.add(new String(line, StandardCharsets.ISO_8859_1));
    }
    return found;
  }

  private String next() {
    byte[] line = lines.next();
    if (line == null) {
      throw new AssertionError("expected a line");
    }
    return new String(line, StandardCharsets.ISO_8859_1);
  }

  private void add(String text) {
    lines.add(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r");
  }
}
