package io.sonde.net.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyEnvironmentTest {
  @Test
  void anEmptyEnvironmentSaysNothing() {
    assertEquals(ProxyEnvironment.NONE, ProxyEnvironment.of(Map.of()));
  }

  @Test
  void upperCaseGoesBeforeLowerCaseUnlessItIsEmpty() {
    assertEquals(
        new ProxyEnvironment("a", "d", "e", false),
        ProxyEnvironment.of(
            Map.of(
                "HTTP_PROXY",
                "a",
                "http_proxy",
                "b",
                "HTTPS_PROXY",
                "",
                "https_proxy",
                "d",
                "no_proxy",
                "e")));
  }

  @Test
  void aRequestMethodMakesItAProgramOfAWebServer() {
    assertEquals(true, ProxyEnvironment.of(Map.of("REQUEST_METHOD", "GET")).cgi());
    assertFalse(ProxyEnvironment.of(Map.of("REQUEST_METHOD", "")).cgi());
  }

  @Test
  void itsTextHoldsNoCredentials() {
    assertFalse(
        ProxyEnvironment.of(Map.of("HTTP_PROXY", "http://u:geheim@p"))
            .toString()
            .contains("geheim"));
  }
}
