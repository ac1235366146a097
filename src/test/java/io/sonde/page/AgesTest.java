package io.sonde.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.testkit.Results;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "-5, just now",
    "0, just now",
    "12, 12 s ago",
    "100, 1 min ago",
    "3600, 60 min ago",
    "10800, 3 h ago",
    "172800, 2 days ago"
  })
  void agesAreToldAsPeopleDo(long seconds, String words) {
    assertEquals(words, Ages.ago(Results.START, Results.START.minusSeconds(seconds)));
  }
}
