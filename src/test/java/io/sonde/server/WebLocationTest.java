package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.server.listen.ListenAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebLocationTest {
  private static final List<ListenAddress> DEFAULT = List.of(ListenAddress.parse(":9115"));

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
    assertEquals(new WebLocation(external, route), WebLocation.of(url, prefix, DEFAULT, "http"));
  }

  @Test
  void withoutAUrlItIsDerivedFromHostAndPort() {
    WebLocation location = WebLocation.of("", "", DEFAULT, "http");
    assertTrue(location.externalUrl().matches("http://[^/]+:9115"), location.externalUrl());
    assertEquals("/", location.routePrefix());
  }

  @Test
  void withTlsItIsDerivedAsHttps() {
    String derived = WebLocation.of("", "", DEFAULT, "https").externalUrl();
    assertTrue(derived.matches("https://[^/]+:9115"), derived);
    assertEquals(
        "http://ex.test", WebLocation.of("http://ex.test/", "", DEFAULT, "https").externalUrl());
  }

  @Test
  void quotesAroundTheUrlAreAnError() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> WebLocation.of("\"http://x/\"", "", DEFAULT, "http"));
    assertEquals("URL must not begin or end with quotes", error.getMessage());
  }

  @Test
  void withoutAPortTheUrlMustBeGiven() {
    List<ListenAddress> sockets = List.of(ListenAddress.parse("unix:///run/sonde.sock"));
    assertThrows(IllegalArgumentException.class, () -> WebLocation.of("", "", sockets, "http"));
    assertEquals("/", WebLocation.of("http://ex.test", "", sockets, "http").routePrefix());
  }

  @Test
  void theFirstPortIsTaken() {
    List<ListenAddress> both =
        List.of(ListenAddress.parse("unix:///run/sonde.sock"), ListenAddress.parse(":9116"));
    assertTrue(WebLocation.of("", "", both, "http").externalUrl().endsWith(":9116"));
  }
}
