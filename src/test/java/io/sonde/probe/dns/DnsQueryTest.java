package io.sonde.probe.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsQueryTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, 076578616d706c6503636f6d00",
    "example.com., 076578616d706c6503636f6d00",
    "., 00",
    "a\\.b.c, 03612e62016300",
    "\\065\\\\.c, 02415c016300",
    "ü., 02c3bc00",
    "\\09, 02303900",
  })
  void aNameIsSentAsLabels(String name, String wire) {
    String hex = HexFormat.of().formatHex(DnsQuery.of(DnsSpecs.asking(name, "A")).withId(0x1234));
    assertEquals("1234" + "0100" + "0001000000000000" + wire + "00010001", hex);
  }

  @Test
  void whatIsLeftOutIsAnyOfTheInternet() {
    String hex = HexFormat.of().formatHex(DnsQuery.of(DnsSpecs.asking(".", "")).withId(0));
    assertTrue(hex.endsWith("00" + "00ff" + "0001"), hex);
  }

  @ParameterizedTest
  @CsvSource({
    "a..b, has an empty label",
    ".a, has an empty label",
    "'', is not set",
    "a\\, ends in a backslash",
  })
  void aNameThatIsNoneCannotBeAskedFor(String name, String why) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> DnsQuery.of(DnsSpecs.asking(name, "A")));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::getMessage);
  }

  @Test
  void labelsAndNamesHaveALimit() {
    String label = "a".repeat(63) + ".";
    DnsQuery.of(DnsSpecs.asking(label.repeat(3) + "a".repeat(61), "A"));
    assertThrows(
        IllegalArgumentException.class,
        () -> DnsQuery.of(DnsSpecs.asking(label.repeat(3) + "a".repeat(62), "A")));
    assertThrows(
        IllegalArgumentException.class, () -> DnsQuery.of(DnsSpecs.asking("a".repeat(64), "A")));
  }
}
