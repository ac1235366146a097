package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebLocationTest {
  private static final ListenAddress DEFAULT = ListenAddress.parse(":9115");

  @ParameterizedTest
  @CsvSource({
    "http://ex.test/bb/, '', http://ex.test/bb, /bb/",
    "http://ex.test, '', http://ex.test, /",
    "http://ex.test//bb//, '', http://ex.test/bb, /bb/",
    "/bb, '', /bb, /bb/",
    "http://ex.test/bb, /, http://ex.test/bb, /",
    "http://ex.test, x/y/, http://ex.test, /x/y/",
  })
  void prefixAndUrlAreTrimmed(String url, String prefix, String external, String route) {
    assertEquals(new WebLocation(external, route), WebLocation.of(url, prefix, DEFAULT));
  }

  @Test
  void withoutAUrlItIsDerivedFromHostAndPort() {
    WebLocation location = WebLocation.of("", "", DEFAULT);
    assertTrue(location.externalUrl().matches("http://[^/]+:9115"), location.externalUrl());
    assertEquals("/", location.routePrefix());
  }

  @Test
  void quotesAroundTheUrlAreAnError() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> WebLocation.of("\"http://x/\"", "", DEFAULT));
    assertEquals("URL must not begin or end with quotes", error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    ":9115, '', 9115",
    "127.0.0.1:0, 127.0.0.1, 0",
    "[::1]:80, ::1, 80",
    "localhost:65535, localhost, 65535",
  })
  void listenAddressesAreHostAndPort(String text, String host, int port) {
    assertEquals(new ListenAddress(text, host, port), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "9115, missing port in address",
    "[::1], missing port in address",
    "::1:80, too many colons in address",
    ":x, 'expected a port between 0 and 65535, got \"x\"'",
    ":65536, 'expected a port between 0 and 65535, got \"65536\"'",
  })
  void otherListenAddressesAreErrors(String text, String what) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
    assertEquals("listen tcp: address " + text + ": " + what, error.getMessage());
  }
}
