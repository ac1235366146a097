package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedProbeTest {
  @Test
  void whatIsNotSaidHasItsDefault() throws RefusedException {
    AskedProbe asked = read("{\"target\":\"t\"}");
    assertEquals("http_2xx", asked.module());
    assertEquals("t", asked.target());
    assertEquals("", asked.hostname());
    assertEquals(0, asked.seconds());
    assertEquals("http_2xx", read("{\"target\":\"t\",\"module\":\"\"}").module());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``| body: expected one JSON object, got nothing",
        "{| body: expected one JSON object, got a part of one",
        "[]| body: expected one JSON object, got an array",
        "\"x\"| body: expected one JSON object, got a string",
        "null| body: expected one JSON object, got a null",
        "7| body: expected one JSON object, got a number",
        "{}| target: expected what to probe, got none",
        "{\"target\":\"\"}| target: expected what to probe, got none",
        "{\"target\":1}| target: expected a string, got a number",
        "{\"target\":\"\\ud800\"}| target: expected whole characters, got half of a surrogate pair",
        "{\"target\":null}| target: expected a string, got a null",
        "{\"target\":[\"a\"]}| target: expected a string, got an array",
        "{\"target\":{\"a\":{}}}| target: expected a string, got an object",
        "{\"target\":\"a\",\"target\":\"b\"}| \"target\": expected a key only once, got the same",
        "{\"target\":\"a\",\"targett\":\"b\"}| body: expected one of module, target, hostname,",
        "{\"target\":\"a\",\"timeout\":\"5s\"}| timeout: expected a number of seconds above 0, at",
        "{\"target\":\"a\",\"timeout\":0}| timeout: expected a number of seconds above 0, at most 600",
        "{\"target\":\"a\",\"timeout\":-1}| timeout: expected a number of seconds above 0",
        "{\"target\":\"a\",\"timeout\":601}| timeout: expected a number of seconds above 0",
        "{\"target\":\"a\",\"timeout\":1e999}| body: expected one JSON object, got malformed",
        "{\"target\":\"a\",\"timeout\":NaN}| body: expected one JSON object, got malformed",
        "{\"target\":\"a\"} {}| body: expected one JSON object, got malformed JSON at \"$\"",
        "{\"target\":\"a\",}| body: expected one JSON object, got malformed JSON",
        "{'target':'a'}| body: expected one JSON object, got malformed JSON",
        "{target:1}| body: expected one JSON object, got malformed JSON",
        "/**/{}| body: expected one JSON object, got malformed JSON",
      })
  void whatIsWrongIsToldWithItsPlace(String body, String message) {
    RefusedException refusal = assertThrows(RefusedException.class, () -> read(body));
    assertEquals(400, refusal.status());
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(message), refusal::getMessage);
  }

  @Test
  void nothingIsReadTooDeep() {
    String deep = "[".repeat(4_000) + "]".repeat(4_000);
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> read("{\"target\":" + deep + "}"));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("nested more than 8 deep at"),
        refusal::getMessage);
  }

  @Test
  void everyKeyThatIsWrongIsTold() {
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () -> read("{\"target\":1,\"module\":[],\"timeout\":true,\"x\":{\"y\":[1]}}"));
    assertEquals(4, refusal.faults().size());
  }

  private static AskedProbe read(String body) throws RefusedException {
    return AskedProbe.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
