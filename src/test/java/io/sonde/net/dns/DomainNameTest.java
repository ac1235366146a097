package io.sonde.net.dns;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "a.b.c",
        "web.example.",
        ".",
        "_dmarc.example.com",
        "x-y.example",
        "0x7f.1",
        "1.example",
        "127.a",
        "UPPER.Example"
      })
  void hostNamesAreValid(String name) {
    assertTrue(DomainName.isValid(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "a..b",
        ".a",
        "-a.example",
        "a-.example",
        "a b",
        "127.1",
        "010.0.0.1",
        "1.2.3.4",
        "b\u00fccher.example",
        "a:b",
        "a/b",
        "a%b",
        "web.example..",
        "\u0000",
        "127.1."
      })
  void otherTextIsNot(String name) {
    assertFalse(DomainName.isValid(name));
  }

  @Test
  void labelsAndNamesHaveTheirLimits() {
    String label = "a".repeat(63);
    assertTrue(DomainName.isValid(label));
    assertFalse(DomainName.isValid(label + "a"));
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertTrue(DomainName.isValid(longest));
    assertTrue(DomainName.isValid(longest + "."));
    assertFalse(DomainName.isValid(longest + "a"));
  }
}
