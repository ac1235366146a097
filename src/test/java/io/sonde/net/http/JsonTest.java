package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final Object NULL = new Object();

  @Test
  void aTextBecomesATree() throws Json.BadJsonException {
    assertEquals(
        Map.of("a", List.of(1.0, -2.5e3, true, NULL, "x\"\u00e9\n"), "b", Map.of()),
        parse(" {\"a\": [1, -2.5e3, true, null, \"x\\\"\\u00e9\\n\"], \"b\": {}}\r\n\t"));
  }

  @Test
  void anyValueIsAText() throws Json.BadJsonException {
    assertEquals(1.0, parse("1"));
    assertEquals("a", parse("\"a\""));
    assertEquals(NULL, parse("null"));
    assertEquals(false, parse("false"));
  }

  @Test
  void theLastOfEqualNamesCounts() throws Json.BadJsonException {
    assertEquals(Map.of("a", 2.0), parse("{\"a\": {\"b\": 1}, \"a\": 2}"));
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() throws Json.BadJsonException {
    assertEquals("\ufffd", Json.parse(new byte[] {'"', (byte) 0xff, '"'}, NULL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "\"a",
        "{} x",
        "{}{}",
        "{\"a\":1,}",
        "[1,]",
        "{'a':1}",
        "{a:1}",
        "/**/{}",
        "01",
        "+1",
        "1.",
        ".5",
        "1e999",
        "NaN",
        "TRUE",
        "nul",
        "\"\\x41\"",
        "\"a\nb\"",
        "\"\\u00\"",
        "\ufeff{}",
        "<html></html>",
        ")]}'\n{}"
      })
  void whatIsNoJsonIsRefused(String text) {
    Json.BadJsonException e = assertThrows(Json.BadJsonException.class, () -> parse(text));
    assertFalse(e.tooMuch());
  }

  @Test
  void aFlawIsPlacedButNotQuoted() {
    Json.BadJsonException e =
        assertThrows(
            Json.BadJsonException.class,
            () -> parse("{\"access_token\":\n \"secret\" \"secret\"}"));
    assertEquals("malformed JSON at line 2 column 12", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {Json.MAX_DEPTH + 1, 1_000_000})
  void whatIsTooDeepIsRefused(int depth) {
    Json.BadJsonException e =
        assertThrows(Json.BadJsonException.class, () -> parse("[".repeat(depth)));
    assertTrue(e.tooMuch());
  }

  @Test
  void depthAtTheLimitIsRead() throws Json.BadJsonException {
    parse("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH));
  }

  @Test
  void tooManyValuesAreRefused() {
    String text = "[" + "1,".repeat(Json.MAX_VALUES) + "1]";
    assertTrue(assertThrows(Json.BadJsonException.class, () -> parse(text)).tooMuch());
  }

  private static Object parse(String text) throws Json.BadJsonException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8), NULL);
  }
}
