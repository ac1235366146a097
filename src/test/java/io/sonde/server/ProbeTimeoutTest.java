package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTimeoutTest {
  @ParameterizedTest
  @CsvSource({
    // module, scrape, offset, timeout; what blackbox_exporter gives too
    "0, 15, 0.5, 14.5",
    "0, 15, 0, 15",
    "20, 15, 0.5, 14.5",
    "5, 15, 0.5, 5",
    "10, 0, 0.5, 10",
    "10, 10, 0.5, 9.5",
    "9.5, 0, 1, 9.5",
    "0, 0, 0.5, 119.5",
    "0, 0, 0, 120",
    "3, 0, 200, 3",
    "0, 0, 200, 0",
    // a scrape no longer than the offset
    "0, 0.5, 0.5, 0.4",
    "0, 0.2, 0.5, 0.16",
    "0.1, 0.2, 0.5, 0.1",
    "5, 0.2, 0.5, 0.16",
    // a scrape time that is none
    "0, NaN, 0.5, 119.5",
    "0, Infinity, 0.5, 119.5",
    "0, -3, 0.5, 119.5",
    "7, -3, 0.5, 7",
    // for ever does not overflow
    "0, 1e300, 0.5, 31622400",
  })
  void theTimeoutLeavesRoomForTheAnswer(
      double module, double scrape, double offset, double timeout) {
    assertEquals(
        timeout,
        ProbeTimeout.of(scrape, offset, Duration.ofNanos((long) (module * 1e9))).toNanos() / 1e9);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10",
    "9.5, 9.5",
    ".5, 0.5",
    "5., 5",
    "+1.5e1, 15",
    "0x1p-2, 0.25",
    "0x_1Fp0, 31",
    "1_0.2_5, 10.25",
    "inf, Infinity",
    "-Infinity, -Infinity",
    "nAn, NaN",
    "000012, 12",
  })
  void numbersAreReadAsGoReadsThem(String text, double value) {
    assertEquals(value, GoFloat.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " 1", "1 ", "1s", "1f", "1d", "0x1", "1__0", "_1", "1_", "1e", ".", "--1", "1,5", "+nan"
      })
  void whatGoRefusesIsRefused(String text) {
    NumberFormatException error =
        assertThrows(NumberFormatException.class, () -> GoFloat.parse(text));
    assertEquals(
        "strconv.ParseFloat: parsing \"" + text + "\": invalid syntax", error.getMessage());
  }

  @Test
  void whatNoDoubleHoldsIsOutOfRange() {
    NumberFormatException error =
        assertThrows(NumberFormatException.class, () -> GoFloat.parse("1e400"));
    assertEquals("strconv.ParseFloat: parsing \"1e400\": value out of range", error.getMessage());
  }
}
