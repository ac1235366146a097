package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes and regular expressions. */
class ScalarKindsTest {
  @ParameterizedTest
  @CsvSource({
    "5s, PT5S, 5s",
    "1m30s, PT1M30S, 1m30s",
    "90s, PT1M30S, 1m30s",
    "1.5s, PT1.5S, 1.5s",
    "300ms, PT0.3S, 300ms",
    "1h1.5s, PT1H1.5S, 1h0m1.5s",
    ".5s, PT0.5S, 500ms",
    "+2m, PT2M, 2m0s",
    "-2s, PT-2S, -2s",
    "1.5µs, PT0.0000015S, 1.5µs",
    "2us, PT0.000002S, 2µs",
    "7ns, PT0.000000007S, 7ns",
    "0, PT0S, 0s",
    "0s, PT0S, 0s",
    "1d, PT24H, 24h0m0s",
    "1w1d, PT192H, 192h0m0s",
    "1y, PT8760H, 8760h0m0s",
  })
  void durationsAreReadAndWritten(String text, Duration duration, String written) {
    assertEquals(duration, Durations.parse(text));
    assertEquals(written, Durations.format(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "1.s.", "5S", "--5s", "1e3s", "5s3", "293y", "."})
  void otherTextsAreNoDurations(String text) {
    assertNull(Durations.parse(text));
  }

  @Test
  void aNegativeTimeoutIsNone() {
    ModuleConfig module =
        ConfigFiles.only(ConfigFiles.load("modules: {a: {prober: tcp, timeout: -5s}}"));
    assertEquals(Duration.ZERO, module.timeout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "0.5"})
  void aBareNumberIsNoTimeout(String number) {
    String failure = ConfigFiles.failureOf("modules: {a: {prober: tcp, timeout: " + number + "}}");
    assertTrue(failure.contains("did you mean " + number + "s?"), failure);
  }

  @Test
  void aQuotedZeroIsATimeout() {
    ConfigFiles.load("modules: {a: {prober: tcp, timeout: '0'}}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0B",
    "1MB, 1048576, 1MiB",
    "1500KB, 1536000, 1MiB476KiB",
    "1KiB1B, 1025, 1KiB1B",
    "1GB500MB, 1598029824, 1GiB500MiB",
    "1.7B, 1, 1B",
    "0.5B, 0, 0B",
    "1.5KiB, 1536, 1KiB512B",
    "-1B, 9223372036854775806, 7EiB1023PiB1023TiB1023GiB1023MiB1023KiB1022B",
    "8EiB, 9223372036854775806, 7EiB1023PiB1023TiB1023GiB1023MiB1023KiB1022B",
  })
  void sizesAreReadAndWritten(String text, long bytes, String written) {
    assertEquals(bytes, ByteSizes.parse(text));
    assertEquals(written, ByteSizes.format(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "100, units: unknown unit  in 100",
    "1kB, units: unknown unit kB in 1kB",
    "1KiB1MB, units: unknown unit KiB in 1KiB1MB",
    "X, units: invalid X",
    "'', 'units: invalid '",
    "-, units: invalid -",
    "'1 KB', units: unknown unit  KB in 1 KB",
    ".B, units: invalid .B",
    "9EiB, units: overflow parsing unit",
    "99999999999999999999B, units: invalid 99999999999999999999B",
  })
  void otherTextsAreNoSizes(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ByteSizes.parse(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "^220, 220 ready, true",
    "b, abc, true",
    "ready$, 220 ready, true",
    "(?P<n>a)(?<m>b), ab, true",
    "\\d, ٣, false",
    "\\pN, ٣, true",
    "^+OK, +OK ready, false",
    "^\\+OK, +OK ready, true",
    "(?i)OK, ok, true",
    "'', anything, true",
    "a.c, a😀c, true",
  })
  void expressionsSearchAsRe2Does(String source, String text, boolean found) {
    Regex regex = Regex.compile(source);
    assertEquals(found, regex.find(text));
    assertEquals(found, regex.find(Bytes.of(text).toByteArray()));
  }

  @Test
  void anEndIsNotBeforeALineBreak() {
    assertFalse(Regex.compile("ready$").find("ready\n"));
    assertTrue(Regex.compile("(?m)ready$").find("ready\n"));
    assertFalse(Regex.compile("a.b").find("a\nb"));
    assertTrue(Regex.compile("(?s)a.b").find("a\nb"));
  }

  @Test
  void aByteThatIsNotUtf8CountsAsOneCharacter() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'b'};
    assertTrue(Regex.compile("^a...b$").find(bytes));
    assertTrue(Regex.compile("\uFFFDb").find(bytes));
    assertEquals("a\uFFFD\uFFFD\uFFFDb", Utf8.decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "a)", "[", "*a", "a**", "(?=a)", "\\1", "a{1001}", "(a{1000}){2}", "\\8"})
  void otherTextsAreNoExpressions(String source) {
    assertThrows(PatternSyntaxException.class, () -> Regex.compile(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{500}){2}",
        "a{1000}b{1000}",
        "[]{2}]{2}",
        "\\Q(a{1000}){1000}\\E",
        "(a{1000}){0}",
        "\\x{10FFFF}{3}",
        "a{,5}",
        "[[:alpha:]{9}]{9}",
        "((a{10}){10}){10}",
        "a{2,}"
      })
  void repetitionsWithinTheLimitCompile(String source) {
    Regex.compile(source);
  }

  @Test
  void anExpressionMayNotNestTooDeeply() {
    String deep = "(".repeat(5000) + ")".repeat(5000);
    assertThrows(PatternSyntaxException.class, () -> Regex.compile(deep));
  }

  @Test
  void severalGroupsMayHaveOneName() {
    Regex regex = Regex.compile("(x)[(?P<n>](?P<n>a)|\\((?P<n>b)(?:c)(?<m>d)");
    assertEquals(List.of(2, 3), regex.groups("n"));
    assertEquals(List.of(4), regex.groups("m"));
    assertEquals(List.of(), regex.groups("o"));
    Matcher matcher = regex.matcher("(bcd");
    assertTrue(matcher.find());
    assertEquals("b", matcher.group(3));
    assertEquals("d", matcher.group(4));
  }

  @Test
  void expressionsAreEqualByTheirSource() {
    assertEquals(Regex.compile("a+"), Regex.compile("a+"));
    assertFalse(Objects.equals(Regex.compile("a+"), Regex.compile("aa*")));
  }
}
