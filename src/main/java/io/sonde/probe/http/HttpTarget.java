package io.sonde.probe.http;

import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;

/** Reads what users write as the target of an http probe. */
final class HttpTarget {
  private HttpTarget() {}

  /**
   * The URL that a target means; without a scheme it is one of http.
   *
   * @throws InvalidUrlException if it is none
   */
  static HttpUrl parse(String target) throws InvalidUrlException {
    boolean complete = startsWith(target, "http://") || startsWith(target, "https://");
    return HttpUrl.parse(complete ? target : "http://" + target);
  }

  private static boolean startsWith(String target, String prefix) {
    return target.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
