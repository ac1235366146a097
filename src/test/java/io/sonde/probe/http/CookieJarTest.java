package io.sonde.probe.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
  private final CookieJar jar = new CookieJar(1_000_000_000);

  @Test
  void aCookieGoesBackToTheHostThatSetIt() {
    set("http://web.example/", "a=1", "b=\"2\"; HttpOnly; SameSite=Lax");
    assertEquals("a=1; b=\"2\"", at("https://WEB.example:8443/x"));
    assertEquals("", at("http://sub.web.example/"));
    assertEquals("", at("http://other.example/"));
  }

  @ParameterizedTest
  @CsvSource({
    "web.example.com, http://sub.web.example.com/, a=1",
    ".example.com, http://other.example.com/, a=1",
    "EXAMPLE.com, http://example.com/, a=1",
    "'', http://web.example.com/, a=1",
    "'', http://sub.web.example.com/, ''",
    "com, http://web.example.com/, ''",
    "., http://web.example.com/, ''",
    "..example.com, http://web.example.com/, ''",
    "example.com., http://web.example.com/, ''",
    "other.com, http://other.com/, ''",
    "b.example.com, http://web.example.com/, ''",
    "example.com, http://notexample.com/, ''"
  })
  void aDomainMustBeTheHostOrAParentOfIt(String domain, String url, String sent) {
    set("http://web.example.com/", "a=1; Domain=" + domain);
    assertEquals(sent, at(url));
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example.co.uk, co.uk, ''",
    "shop.example.co.uk, example.co.uk, a=1",
    "me.github.io, github.io, ''",
    "www.a.ck, a.ck, ''",
    "a.www.ck, www.ck, a=1",
    "web.unlisted, unlisted, ''",
    "web.shop.unlisted, shop.unlisted, a=1",
    "a_b.example.com, example.com, a=1"
  })
  void noCookieBelongsToAllWhoRegisterBelowAName(String host, String domain, String sent) {
    set("http://" + host + "/", "a=1; Domain=" + domain);
    assertEquals(sent, at("http://" + host + "/"));
    assertEquals(sent, at("http://sibling." + domain + "/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"co.uk", "github.io", "localhost"})
  void aHostThatIsItselfAPublicSuffixKeepsItsCookieForItself(String host) {
    set("http://" + host + "/", "a=1; Domain=" + host);
    assertEquals("a=1", at("http://" + host + "/"));
    assertEquals("", at("http://sub." + host + "/"));
  }

  @Test
  void theFinalDotOfAHostDoesNotMatter() {
    set("http://web.example./", "a=1");
    assertEquals("a=1", at("http://web.example/"));
  }

  @Test
  void anAddressHasNoDomains() {
    set("http://192.0.2.1/", "a=1; Domain=0.2.1", "b=2; Domain=192.0.2.1");
    set("http://[::1]/", "c=3; Domain=::1");
    assertEquals("b=2", at("http://192.0.2.1/"));
    assertEquals("", at("http://1.192.0.2.1/"));
    assertEquals("c=3", at("http://[::1]/"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, '', /a/c, a=1",
    "/a/b, '', /b, ''",
    "/a/b, Path=/, /b, a=1",
    "/a/b, Path=/x, /x/y, a=1",
    "/a/b, Path=/x, /xy, ''",
    "/a/b, Path=/x/, /x, ''",
    "/a/b, Path=relative, /a/z, a=1",
    "/, '', /deep/down, a=1"
  })
  void aCookieBelongsToItsPath(String setAt, String attribute, String askedAt, String sent) {
    set("http://web.example" + setAt, "a=1; " + attribute);
    assertEquals(sent, at("http://web.example" + askedAt));
  }

  @Test
  void aSecureCookieGoesOverTlsOnly() {
    set("https://web.example/", "a=1; Secure");
    assertEquals("", at("http://web.example/"));
    assertEquals("a=1", at("https://web.example/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.2", "[::1]"})
  void aSecureCookieNeedsNoTlsOnThisMachine(String host) {
    set("http://" + host + "/", "a=1; Secure");
    assertEquals("a=1", at("http://" + host + "/"));
  }

  @Test
  void aValueWithBlanksIsQuoted() {
    set("http://web.example/", "a=two words", "b=\"two words\"", "c=1,2");
    assertEquals("a=\"two words\"; b=\"two words\"; c=\"1,2\"", at("http://web.example/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Max-Age=0",
        "Max-Age=-5",
        "Expires=Sun, 06 Nov 1994 08:49:37 GMT",
        "Expires=Sun, 06-Nov-1994 08:49:37 GMT"
      })
  void anExpiredCookieTakesTheOldOneAway(String attribute) {
    set("http://web.example/", "a=1", "a=; " + attribute);
    assertEquals("", at("http://web.example/"));
  }

  @Test
  void aLaterValueReplacesTheEarlierAndLongerPathsComeFirst() {
    set("http://web.example/", "a=1; Path=/", "b=1; Path=/x", "a=2; Path=/");
    assertEquals("b=1; a=2", at("http://web.example/x"));
    set("http://web.example/", "d=1", "a=3");
    assertEquals("a=3; d=1", at("http://web.example/"));
    set("http://web.example/", "a=2", "d=; Max-Age=0");
    set("http://web.example/", "c=3; Max-Age=60; Expires=Sun, 06 Nov 1994 08:49:37 GMT");
    assertEquals("a=2; c=3", at("http://web.example/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", "novalue", "=1", "a b=1", "a=\"1\"2", "a=\u00e9", "a=1\\"})
  void whatIsNoCookieIsNotTaken(String line) {
    set("http://web.example/", line);
    assertEquals("", at("http://web.example/"));
  }

  @Test
  void theJarIsBounded() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CookieJar.MAX_COOKIES + 50; i++) {
      lines.add("c" + i + "=1");
    }
    lines.add("big=" + "x".repeat(CookieJar.MAX_COOKIE_CHARS));
    set("http://web.example/", lines.toArray(new String[0]));
    assertEquals(CookieJar.MAX_COOKIES, at("http://web.example/").split("; ").length);
  }

  @Test
  void aConfiguredCookieYieldsToOneThatWasSet() {
    assertEquals("b=2; a=1", jar.withoutReplaced("b=2; a=1"));
    set("http://web.example/", "c=9");
    assertEquals("b=2; a=1", jar.withoutReplaced("b=2; a=1"));
    set("http://web.example/", "z=9; Max-Age=0");
    assertEquals("a=1; b=2", jar.withoutReplaced("z=1; b=2; a=1"));
  }

  private void set(String url, String... lines) {
    jar.take(url(url), List.of(lines));
  }

  private String at(String url) {
    return jar.header(url(url));
  }

  private static HttpUrl url(String text) {
    try {
      return HttpUrl.parse(text);
    } catch (InvalidUrlException e) {
      throw new AssertionError(e);
    }
  }
}
