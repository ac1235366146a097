package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {
  @Test
  void fieldsAreSortedAndEscapedAsGoDoesIt() {
    Map<String, String> fields = Map.of("b", "x y+z", "a", "\u00fc/~*-_.", "&", "=");
    assertEquals("%26=%3D&a=%C3%BC%2F~%2A-_.&b=x+y%2Bz", FormFields.encode(new TreeMap<>(fields)));
  }

  @Test
  void ofSeveralValuesTheFirstCounts() {
    assertEquals(
        Map.of("a", "1 2", "b", "", "c", "\u00fc="), FormFields.decode("a=1+2&b&&a=3&c=%C3%BC%3D"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "a=1;b=2"})
  void badEscapesAreRefused(String form) {
    assertThrows(IllegalArgumentException.class, () -> FormFields.decode(form));
  }
}
