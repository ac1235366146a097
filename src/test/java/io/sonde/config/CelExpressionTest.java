package io.sonde.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {
  private static final Map<String, Object> BODY =
      Map.of(
          "n",
          1.0,
          "big",
          1e21,
          "text",
          "grün",
          "yes",
          true,
          "nothing",
          CelExpression.nullValue(),
          "list",
          List.of(0.0, 1.0, 2.0),
          "map",
          Map.of("a", 1.0, "b", Map.of("c", "d")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "has(body.n) && !has(body.missing)",
        "body.list.all(x, x < 5)",
        "body.list.exists(x, x == 2)",
        "body.list.exists_one(x, x == 1)",
        "body.list.map(x, x * 2.0)[2] == 4.0",
        "body.list.filter(x, x > 0).size() == 2",
        "body.map.exists(key, key == 'a')",
      })
  void macrosAreKnown(String expression) throws CelException {
    assertEquals(true, holds(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body.n == 1",
        "body.n == 1u",
        "body.n > 0",
        "2 > body.n",
        "body.n in [1, 2]",
        "1 in body.list",
        "body.list == [0, 1, 2]",
        "body.big > 9223372036854775807",
      })
  void numbersOfDifferentTypesAreCompared(String expression) throws CelException {
    assertEquals(true, holds(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"size(body) > 2u", "1 < 2.5", "body.list.size() <= 2.0", "[1].exists(x, x > 0u)"})
  void typesThatAreKnownToDifferAreNotCompared(String expression) {
    CelException refused =
        assertThrows(CelException.class, () -> CelExpression.compile(expression));
    assertTrue(String.valueOf(refused.getMessage()).contains("no matching overload"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body.nothing == null",
        "body.text.matches('^gr')",
        "body.text.size() == 4",
        "body.map.b.c == 'd'",
        "body['n'] == 1",
        "body.yes || body.missing",
        "body.missing || body.yes",
        "timestamp('2024-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00Z')",
        "duration('1h') > duration('30m')",
        "string(body.n) == '1' && string(body.big) == '1e+21' && string(1.5) == '1.5'",
      })
  void standardFunctionsAreKnown(String expression) throws CelException {
    assertEquals(true, holds(expression));
  }

  @ParameterizedTest
  @ValueSource(strings = {"has(body.nothing.x)", "has(body.text.x)", "has(body.n.x)"})
  void whatHasNoFieldsHasNotThatField(String expression) throws CelException {
    assertEquals(false, holds(expression));
  }

  @ParameterizedTest
  @ValueSource(strings = {"body.n", "body.text", "body.nothing", "1", "body.list.map(x, x)"})
  void aResultThatIsNoTruthValueIsNeither(String expression) throws CelException {
    assertNull(holds(expression));
  }

  @ParameterizedTest
  @CsvSource({
    "body.missing == 1, missing",
    "body.list[9] == 1, 9",
    "body.text < 2, overload",
    "body.n + 1 == 2, overload",
    "1 / 0 == 1, zero",
    "'body.text.matches(''('')', evaluation error"
  })
  void whatCannotBeEvaluatedSaysWhy(String expression, String why) {
    CelException e = assertThrows(CelException.class, () -> holds(expression));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "body.",
        "foo == 1",
        "body.list.sum() == 1",
        "math.greatest(1, 2) == 2",
        "body.?n",
        "has(body)",
        "body.n == 1 body"
      })
  void whatIsNoExpressionDoesNotCompile(String expression) {
    CelException e = assertThrows(CelException.class, () -> CelExpression.compile(expression));
    assertTrue(String.valueOf(e.getMessage()).startsWith("column "), e::getMessage);
  }

  @Test
  void onlyALoopMayTakeLong() throws CelException {
    assertTrue(CelExpression.compile("body.list.all(x, x > 0)").loops());
    assertFalse(CelExpression.compile("has(body.n) && body.list == [1]").loops());
  }

  @Test
  void loopsEndWhenNobodyWaitsForTheirResult() throws CelException {
    CelExpression bomb =
        CelExpression.compile("body.all(a, body.all(b, body.all(c, body.all(d, true))))");
    List<Object> many = Collections.nCopies(1_000, 1.0);
    AtomicInteger asked = new AtomicInteger();
    assertThrows(CelException.class, () -> bomb.holds(many, () -> asked.incrementAndGet() > 5_000));
    assertTrue(asked.get() < 5_100, () -> "went on to step " + asked);
  }

  @Test
  void aComparisonOfDepthsBeyondTheStackIsAnError() throws CelException {
    Object deep = 1.0;
    for (int i = 0; i < 200_000; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    Object body = deep;
    CelExpression same = CelExpression.compile("body == [body]");
    CelException e = assertThrows(CelException.class, () -> same.holds(body, () -> false));
    assertFalse(String.valueOf(e.getMessage()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-1.5, -1.5",
    "0, 0",
    "123456, 123456",
    "1000000, 1e+06",
    "123456789, 1.23456789e+08",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1e100, 1e+100",
    "Infinity, +Inf",
    "NaN, NaN"
  })
  void numbersAreWrittenAsGoWritesThem(double number, String text) {
    assertEquals(text, CelDialect.text(number));
  }

  @Test
  void twoAreEqualWhenTheirSourcesAre() throws CelException {
    assertEquals(CelExpression.compile("body.n == 1"), CelExpression.compile("body.n == 1"));
  }

  private static @Nullable Boolean holds(String expression) throws CelException {
    return CelExpression.compile(expression).holds(BODY, () -> false);
  }
}
