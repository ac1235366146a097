package io.sonde.probe.http;

import io.sonde.net.http.HeaderRules;
import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The {@code Set-Cookie} lines and dates of any server. */
public final class CookieFuzz {
  private CookieFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) throws InvalidUrlException {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    HttpDates.epochSeconds(text);
    CookieJar jar = new CookieJar(1_000_000_000);
    HttpUrl url = HttpUrl.parse("https://shop.example.co.uk/a/b");
    jar.take(url, List.of(text.split("\n", -1)));
    String header = jar.header(url);
    if (!HeaderRules.isValue(header)) {
      throw new AssertionError("expected a header value, got " + header);
    }
    if (header.length() > text.length() + 4 * CookieJar.MAX_COOKIES) {
      throw new AssertionError("more cookies than were set: " + header);
    }
    jar.withoutReplaced(text);
    if (!jar.header(HttpUrl.parse("https://other.co.uk/a/b")).isEmpty()) {
      throw new AssertionError("expected no cookie elsewhere, of " + text);
    }
  }
}
