package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
  @ParameterizedTest
  @CsvSource({
    "x-foo, X-Foo",
    "X-FOO-bAR, X-Foo-Bar",
    "accEpt-enCoding, Accept-Encoding",
    "etag, Etag",
    "x--y, X--Y",
    "x y, x y",
    "ünder, ünder"
  })
  void namesAreWrittenTheUsualWay(String name, String canonical) {
    assertEquals(canonical, HeaderRules.canonical(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x y", "x:", "x\r\ny", "ü", "x\u0000", "(x)"})
  void whatIsNoTokenIsNoName(String name) {
    assertFalse(HeaderRules.isToken(name));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HeaderLines(List.of(new HeaderLine(name, "value"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: 1", "a\nb", "a\rb", "a\u0000", "\u007f", "a\u0001"})
  void noControlCharacterGetsIntoAValue(String value) {
    assertFalse(HeaderRules.isValue(value));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new HeaderLines(List.of(new HeaderLine("X-Secret", value))));
    assertEquals("invalid header X-Secret", e.getMessage());
  }

  @Test
  void tabsAndTextBeyondAsciiMayStandInValues() {
    assertTrue(HeaderRules.isValue("a\tb ü €"));
    assertArrayEquals(
        "X-A: ü\r\n".getBytes(StandardCharsets.UTF_8),
        new HeaderLines(List.of(HeaderLine.of("x-a", " \tü "))).http1());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "a_b:80", "[::1]:8080", "1.2.3.4", ""})
  void hostsMayStandInHost(String host) {
    assertTrue(HeaderRules.isHost(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a\r\nX: 1", "bücher.example", "a?b", "a#b", "a\tb"})
  void otherTextMayNotStandInHost(String host) {
    assertFalse(HeaderRules.isHost(host));
  }

  @Test
  void aLineDoesNotPrintItsValue() {
    assertEquals("Authorization", HeaderLine.of("authorization", "Bearer secret").toString());
  }
}
