package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.exposition.Encodings;
import io.sonde.exposition.Format;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {
  private static final String ALPHABET =
      "%25aF+&;=?/.:#*_eE-0129qQ,\"\\\u00e9\ud800 \u0000xXpPtarge";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "target=a|a",
        "x=1&target=a|a",
        "target=a&target=b|a",
        "target=%zz&target=b|b",
        "target=a;b&target=c|c",
        "ta%72get=a|a",
        "xtarget=a&target=b|b",
        "targetx=a&target=b|b",
        "target=a%20b+c|a b c",
        "target=%C3%A9|\u00e9",
        "target=a=b|a=b",
        "&&target=a&|a",
      })
  void theFirstWellFormedValueCounts(String query, String value) {
    assertEquals(value, new QueryString(query).first("target"));
  }

  @Test
  void anEmptyValueIsNotAnAbsentOne() {
    assertEquals("", new QueryString("target=").first("target"));
    assertEquals("", new QueryString("target").first("target"));
    assertNull(new QueryString("x=target").first("target"));
    assertNull(new QueryString("").first("target"));
    assertNull(new QueryString("target=%4").first("target"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "//a, /a",
    "/a//b/, /a/b/",
    "/./a, /a",
    "/a/../b, /b",
    "/.., /",
    "/a/.., /",
    "/.a, /.a",
    "/a/...b, /a/...b",
  })
  void pathsAreCleaned(String path, String clean) {
    RequestTarget target = RequestTarget.parse(path);
    assertEquals(clean, target == null ? null : target.cleanPath());
  }

  @Test
  void noBytesOfAStrangerMakeTheParsersThrowAnythingButTheirOwnError() {
    Random random = new Random(20261121);
    for (int i = 0; i < 50_000; i++) {
      String text = text(random);
      new QueryString(text).first("target");
      RequestTarget target = RequestTarget.parse("/" + text);
      if (target != null) {
        assertTrue(target.cleanPath().startsWith("/"));
      }
      RequestTarget.parse(text);
      assertTrue(Format.negotiate(text).contentType().contains("; escaping="));
      Encodings.prefersGzip(text);
      try {
        GoFloat.parse(text);
      } catch (NumberFormatException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("strconv.ParseFloat: parsing \""));
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(30); length > 0; length--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
