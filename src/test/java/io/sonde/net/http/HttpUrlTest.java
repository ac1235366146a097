package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://web.example, web.example, web.example, /",
    "http://web.example/, web.example, web.example, /",
    "http://web.example?a=1, web.example, web.example, /?a=1",
    "http://web.example/p?, web.example, web.example, /p?",
    "HTTPS://Web.Example:8443/P/%41?q=%zz#top, Web.Example, Web.Example:8443, /P/%41?q=%zz",
    "http://web.example:/, web.example, web.example:, /",
    "http://[::1]/, ::1, [::1], /",
    "http://[::1]:8080/x, ::1, [::1]:8080, /x",
    "http://[fe80::1%25eth0]:80/, fe80::1%eth0, [fe80::1]:80, /",
    "http://user:pa%20ss@web.example/, web.example, web.example, /",
    "http://a@b@web.example/, web.example, web.example, /",
    "http://b%C3%BCcher.example/, bücher.example, b%C3%BCcher.example, /",
    "http://bücher.example/ü, bücher.example, bücher.example, /%C3%BC",
    "http://web.example/a b?c d, web.example, web.example, /a%20b?c%20d",
    "http://web.example/%7Euser/a%2Fb, web.example, web.example, /%7Euser/a%2Fb",
    "http://web.example/{a}|^, web.example, web.example, /%7Ba%7D%7C%5E",
    "http://web.example//a/../b/., web.example, web.example, //a/../b/.",
    "http://web.example/?ä b, web.example, web.example, /?ä%20b",
    "http://web_1.example/, web_1.example, web_1.example, /"
  })
  void hostAuthorityAndRequestTargetAreTold(
      String text, String host, String authority, String requestTarget) throws Exception {
    HttpUrl url = HttpUrl.parse(text);
    assertEquals(host, url.host());
    assertEquals(authority, url.authority());
    assertEquals(requestTarget, url.requestTarget());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web.example",
        "/path",
        "://web.example",
        "http://web.example:80a",
        "http://web.example:-1",
        "http://web.example:+80",
        "http://web.example:٣",
        "http://a:b:c",
        "http://::1/",
        "http://[::1",
        "http://[::1]80",
        "http://[web.example]",
        "http://[1.2.3.4]",
        "http://[]",
        "http://[::1]x:80",
        "http://web example/",
        "http://web.example/%",
        "http://web.example/%4",
        "http://web.example/%4g",
        "http://web.example/#%zz",
        "http://web%2Eexample/",
        "http://web%zz/",
        "http://us er@web.example/",
        "http://us%zer@web.example/",
        "http://web^example/",
        "http://web\\example/",
        "http://web.example/\r\nX: 1",
        "http://web.example/\n",
        "http://web.example/\t",
        "http://web.example/\u007f",
        "http://web.example/\u0000",
        "http://web.exa\u0001mple/"
      })
  void whatIsNoUrlIsRefused(String text) {
    assertThrows(InvalidUrlException.class, () -> HttpUrl.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://joe:s\"ecret@web.example/",
        "http://joe:s/ecret@web.example/",
        "http://joe:s?ecret@web.example/",
        "http://[joe:secret@web.example/",
        "http://[joe:secret]@web.example/"
      })
  void messagesDoNotQuoteCredentials(String text) {
    InvalidUrlException e = assertThrows(InvalidUrlException.class, () -> HttpUrl.parse(text));
    assertFalse(String.valueOf(e.getMessage()).contains("ecret"), e::getMessage);
    assertFalse(String.valueOf(e.getMessage()).contains("joe"), e::getMessage);
  }

  @Test
  void credentialsAreDecodedAndNotShown() throws Exception {
    HttpUrl url = HttpUrl.parse("http://j%6Fe:p%3A%40ss:w@web.example/a");
    assertEquals("joe", url.user());
    assertEquals("p:@ss:w", url.password());
    assertEquals("http://xxxxx@web.example/a", url.toString());
    assertEquals("http://192.0.2.1:80/a", url.withAuthority("192.0.2.1:80"));
    assertNull(HttpUrl.parse("http://web.example/").user());
    assertEquals("", HttpUrl.parse("http://joe@web.example/").password());
    assertEquals("", HttpUrl.parse("http://@web.example/").user());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, 80",
    "https://a, 443",
    "http://a:, 80",
    "http://a:0, 0",
    "http://a:65535, 65535",
    "http://a:065, 65",
    "http://a:65536, -1",
    "http://a:99999999999999999999, -1"
  })
  void thePortIsThatOfTheSchemeUnlessWritten(String text, int port) throws Exception {
    assertEquals(port, HttpUrl.parse(text).effectivePort());
  }

  @ParameterizedTest
  @CsvSource({
    "/x, http://u@a.example/x",
    "x, http://u@a.example/p/x",
    "?y=2, http://u@a.example/p/q?y=2",
    "#top, http://u@a.example/p/q?n=1",
    "../x, http://u@a.example/x",
    "../../../x/./y/.., http://u@a.example/x/",
    "/../, http://u@a.example/",
    "/a/../.., http://u@a.example/",
    "/a//../b/., http://u@a.example/a/b/",
    "/.../..a, http://u@a.example/.../..a",
    "., http://u@a.example/p/",
    "//b.example/x, http://b.example/x",
    "//b.example, http://b.example",
    "https://b.example/./x/../y, https://b.example/y",
    "http://v@b.example/, http://v@b.example/",
    "ftp://b.example/x, ftp://b.example/x",
    "x:y, x://",
    "/a b, http://u@a.example/a%20b",
    "/a/..;/b, http://u@a.example/a/..;/b"
  })
  void referencesAreResolvedAgainstTheUrlTheyAreMetAt(String reference, String expected)
      throws Exception {
    HttpUrl base = HttpUrl.parse("http://u@a.example/p/q?n=1");
    HttpUrl resolved = base.resolve(reference);
    String user = resolved.user();
    String shown = resolved.withAuthority((user == null ? "" : user + "@") + resolved.authority());
    assertEquals(expected, reference.equals("x:y") ? resolved.scheme() + "://" : shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {":x", "1:x", "http://a:b/", "/%zz", "/\r\n", "x y:z", "//a b/"})
  void aReferenceThatIsNoneIsRefused(String reference) throws Exception {
    HttpUrl base = HttpUrl.parse("http://a.example/");
    assertThrows(InvalidUrlException.class, () -> base.resolve(reference));
  }

  @Test
  void hostsAreTheSameWhateverTheirCaseAndPort() throws Exception {
    HttpUrl url = HttpUrl.parse("http://Web.example:80/");
    assertTrue(url.sameHost(HttpUrl.parse("https://wEB.example:8443/x")));
    assertFalse(url.sameHost(HttpUrl.parse("http://sub.web.example/")));
    assertTrue(HttpUrl.parse("ftp://x/").scheme().equals("ftp"));
    assertFalse(HttpUrl.parse("ftp://x/").isHttp());
  }
}
