package io.sonde.probe.http;

import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;

/** Reads what users write as the target of an http probe. */
final class HttpTarget {
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private HttpTarget() {}

  /**
   * The URL that a target means; without a scheme it is one of http.
   *
   * @throws InvalidUrlException if it is none
   */
  static HttpUrl parse(String target) throws InvalidUrlException {
    boolean complete = startsWith(target, HTTP) || startsWith(target, HTTPS);
    return HttpUrl.parse(complete ? target : HTTP + target);
  }

  /**
   * The URL that a target means where only https can be spoken: that of https, even if the target
   * says http.
   *
   * @throws InvalidUrlException if it is none
   */
  static HttpUrl parseSecure(String target) throws InvalidUrlException {
    if (startsWith(target, HTTPS)) {
      return HttpUrl.parse(target);
    }
    return HttpUrl.parse(HTTPS + (isPlain(target) ? target.substring(HTTP.length()) : target));
  }

  /** Whether a target asks for http in so many words. */
  static boolean isPlain(String target) {
    return startsWith(target, HTTP);
  }

  private static boolean startsWith(String target, String prefix) {
    return target.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
