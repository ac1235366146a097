package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts mean what: YAML 1.2's core schema with the leniencies that people rely on. */
class YamlDialectTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "'yes'"})
  void trueHasManyNames(String word) {
    assertTrue(ConfigFiles.http("fail_if_ssl: " + word).failIfSsl());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF", "'n'"})
  void falseHasManyNames(String word) {
    assertEquals(false, ConfigFiles.http("enable_http2: " + word).client().enableHttp2());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'true'", "yEs", "1", "!!str true", "2001-01-01", "[true]", "''"})
  void otherWordsAreNoTruthValues(String word) {
    String failure = ConfigFiles.failureOf(ConfigFiles.moduleText("http", "fail_if_ssl: " + word));
    assertTrue(failure.contains(" into bool"), failure);
  }

  @Test
  void numbersComeInManyShapes() {
    assertEquals(
        List.of(15, 15, 16, 3, 10, 8, 5, 100, 3, 0, 200, 7),
        ConfigFiles.http(
                "valid_status_codes:"
                    + " [0o17, 017, 0x10, 0b11, 1_0, 08, 5., 1e2, +3, .5, 200.9, !!int '7']")
            .validStatusCodes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'5'", "!!str 5", "abc", ".nan", ".inf", "18446744073709551615", "[5]"})
  void otherTextsAreNoNumbers(String text) {
    String lines = "valid_status_codes: [" + text + "]";
    String failure = ConfigFiles.failureOf(ConfigFiles.moduleText("http", lines));
    assertTrue(failure.contains(" into int"), failure);
  }

  @Test
  void hugeNumbersAreTakenForTheLargest() {
    assertEquals(
        List.of(Integer.MAX_VALUE, Integer.MIN_VALUE),
        ConfigFiles.http("valid_status_codes: [99999999999, -.inf]").validStatusCodes());
  }

  @Test
  void aTextIsTakenAsItIsWritten() {
    Map<String, String> headers =
        ConfigFiles.http(
                """
                headers: {a: 1, b: true, c: 0x1F, d: ~, e: 1.50, f: 2001-01-01, 7: x, g: !mine y}
                """)
            .headers();
    assertEquals(
        Map.of(
            "a",
            "1",
            "b",
            "true",
            "c",
            "0x1F",
            "d",
            "",
            "e",
            "1.50",
            "f",
            "2001-01-01",
            "7",
            "x",
            "g",
            "y"),
        headers);
  }

  @Test
  void anEntryWhoseNameIsNullIsDropped() {
    assertEquals(Map.of("a", "b"), ConfigFiles.http("headers: {~: x, a: b}").headers());
  }

  @Test
  void nullLeavesAKeyAtItsDefault() {
    HttpSpec http =
        ConfigFiles.http("enable_http2: ~\nmethod: null\nbody_size_limit:\nbasic_auth:");
    assertEquals(HttpSpec.DEFAULT, http);
  }

  @Test
  void nullItemsAreDropped() {
    assertEquals(
        List.of(200), ConfigFiles.http("valid_status_codes: [~, 200, null]").validStatusCodes());
  }

  @Test
  void binaryTextIsDecoded() {
    assertArrayEquals(
        new byte[] {(byte) 0x80, (byte) 0x81, (byte) 0x82},
        ConfigFiles.http("body: !!binary gIGC").body().toByteArray());
    assertEquals(Bytes.of("hi"), ConfigFiles.http("body: !!binary |\n  aG\n  k=").body());
    assertEquals("hi", ConfigFiles.http("method: !!binary aGk=").method());
  }

  @Test
  void anAliasIsItsAnchor() {
    HttpSpec http = ConfigFiles.http("headers: &h {a: b}\nbody: &x text\nmethod: *x");
    assertEquals("text", http.method());
  }

  @Test
  void whatAMappingSaysItselfWinsOverWhatItMerges() {
    Config config =
        ConfigFiles.load(
            """
            modules:
              a: &a
                prober: http
                timeout: 5s
                http: &h {method: POST, body: x}
              b:
                <<: *a
                timeout: 7s
                http:
                  <<: [{body: first}, {body: second, body_size_limit: 1KB}, *h]
            """);
    ModuleConfig module = config.modules().get("b");
    assertNotNull(module);
    assertEquals(7, module.timeout().toSeconds());
    assertEquals("POST", module.http().method());
    assertEquals(Bytes.of("first"), module.http().body());
    assertEquals(1024, module.http().bodySizeLimit());
  }

  @Test
  void onlyTheFirstDocumentCounts() {
    assertEquals(
        1, ConfigFiles.load("modules: {a: {prober: tcp}}\n---\n{ broken").modules().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"modules:\n", "modules: {}\n", "null\n", "---\n", "~", "--- \n# x\n"})
  void aFileMayHaveNoModules(String text) {
    assertEquals(new Config(Map.of(), List.of()), ConfigFiles.load(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n"})
  void anEmptyFileIsNoConfiguration(String text) {
    assertEquals("error parsing config file: EOF", ConfigFiles.failureOf(text));
  }

  @Test
  void tabsMaySeparateTokens() {
    HttpSpec http =
        ConfigFiles.http("method:\tPOST\nbody:\t'a\tb'\t# c\n \t\nheaders: {a:\tb,\n\tc: d}");
    assertEquals("POST", http.method());
    assertEquals(Bytes.of("a\tb"), http.body());
    assertEquals(Map.of("a", "b", "c", "d"), http.headers());
  }

  @Test
  void tabsWithinABlockOfTextStay() {
    assertEquals(
        Bytes.of("a:\tb\n\tc\n\t\n"),
        ConfigFiles.http("body: |2\n  a:\tb\n  \tc\n  \t\nmethod: X").body());
  }

  @Test
  void anEscapedQuoteNeedsNoEscape() {
    HttpSpec http = ConfigFiles.http("method: \"it\\'s\"\nbody: \"\\'\\\\'\\n\"");
    assertEquals("it's", http.method());
    assertEquals(Bytes.of("'\\'\n"), http.body());
  }

  @Test
  void byteOrderMarksAreUnderstood() throws ConfigException {
    String text = "\uFEFFmodules: {ü: {prober: tcp}}";
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      Config config = ConfigLoader.parse("sonde.yml", text.getBytes(charset));
      assertTrue(config.modules().containsKey("ü"), charset.name());
    }
  }
}
