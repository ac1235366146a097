package io.sonde.net.http;

import java.nio.charset.StandardCharsets;

/** Targets, and the locations that servers send, resolved against a URL. */
public final class UrlFuzz {
  private UrlFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    int split = text.indexOf('\n');
    try {
      HttpUrl url = HttpUrl.parse(split < 0 ? text : text.substring(0, split));
      check(url);
      if (split >= 0) {
        check(url.resolve(text.substring(split + 1)));
      }
    } catch (InvalidUrlException e) {
      String message = String.valueOf(e.getMessage());
      if (message.length() > 1_000) {
        throw new AssertionError("expected a short message, got " + message.length());
      }
    }
  }

  /** Whatever was read can be sent without splitting a request, and is read again as the same. */
  private static void check(HttpUrl url) throws InvalidUrlException {
    String target = url.requestTarget();
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) == 0x7f) {
        throw new AssertionError("expected a clean request target, got " + target);
      }
    }
    if (!url.host().isEmpty() && !HttpUrl.parse(url.toString()).toString().equals(url.toString())) {
      throw new AssertionError("expected " + url + ", got " + HttpUrl.parse(url.toString()));
    }
  }
}
