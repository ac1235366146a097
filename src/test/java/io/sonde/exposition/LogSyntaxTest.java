package io.sonde.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogSyntaxTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456789Z");

  @Test
  void logfmtQuotesOnlyWhatNeedsIt() {
    assertEquals(
        "level=INFO source=Main msg=\"Listening on\" address=[::]:9115 empty=\"\" n=0.5 \"a b\"=\"c=d\"\n",
        afterTime(LogSyntax.LOGFMT, "address", "[::]:9115", "empty", "", "n", 0.5, "a b", "c=d"));
  }

  @Test
  void jsonKeepsNumbersAndBooleans() {
    assertEquals(
        "\"level\":\"INFO\",\"source\":\"Main\",\"msg\":\"Listening on\",\"n\":1e+06,\"i\":7,\"b\":true,\"nan\":\"NaN\",\"s\":\"a\\\"b\\\\\\u001b\"}\n",
        afterTime(
            LogSyntax.JSON, "n", 1e6, "i", 7, "b", true, "nan", Double.NaN, "s", "a\"b\\\u001b"));
  }

  @Test
  void aKeyThatStandsThereTwiceIsNumberedInJson() {
    assertTrue(
        afterTime(LogSyntax.JSON, "target", "a", "target", "b")
            .endsWith("\"target\":\"a\",\"target_2\":\"b\"}\n"));
    assertTrue(
        afterTime(LogSyntax.LOGFMT, "target", "a", "target", "b").endsWith(" target=a target=b\n"));
  }

  @ParameterizedTest
  @EnumSource(LogSyntax.class)
  void foreignTextCanNeitherEndALineNorSteerATerminal(LogSyntax syntax) {
    String evil = "x\nlevel=ERROR msg=forged\r\u001b[2J\u0085\u2028\u202e\u0000\u007f\ud800";
    String line = afterTime(syntax, evil, evil);
    assertEquals(line.length() - 1, line.indexOf('\n'));
    assertTrue(
        line.strip().codePoints().allMatch(GoQuote::isPrintable), "only printable characters");
    assertFalse(line.contains("\u202e"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|\"plain\"",
        "say \"hi\"|\"say \\\"hi\\\"\"",
        "a\\b|\"a\\\\b\"",
        "ü|\"ü\"",
      })
  void quotingFollowsGo(String text, String quoted) {
    assertEquals(quoted, GoQuote.quote(text));
  }

  @Test
  void controlCharactersAreQuotedAsGoDoes() {
    assertEquals(
        "\"\\a\\b\\f\\n\\r\\t\\v\\x00\\x1b\\x7f\\u00a0\\u2028\\U000e0001\"",
        GoQuote.quote(
            "\u0007\b\f\n\r\t\u000b\u0000\u001b\u007f\u00a0\u2028" + Character.toString(0xe0001)));
  }

  private static String afterTime(LogSyntax syntax, Object... attributes) {
    StringBuilder line = new StringBuilder();
    syntax.append(line, TIME, "INFO", "Main", "Listening on", List.of(attributes));
    String text = line.toString();
    String start = syntax == LogSyntax.LOGFMT ? "level=" : "\"level\":";
    return text.substring(text.indexOf(start));
  }
}
