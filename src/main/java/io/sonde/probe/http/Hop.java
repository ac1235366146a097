package io.sonde.probe.http;

import io.sonde.net.http.Authenticator;
import io.sonde.net.http.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One request of a chain of redirects, as far as it differs from hop to hop.
 *
 * @param number counts from 0
 * @param url where it goes
 * @param shownAuthority host and port as notes and {@code Referer} show them: for the first host
 *     the address that was chosen
 * @param host the value of {@code Host}
 * @param method a token
 * @param bodyDropped whether a redirect has turned the request into one without a body
 * @param atFirstHost whether it goes to the host that the target names
 * @param trusted whether no redirect has led away from that host so far
 * @param credentials value of {@code Authorization} that comes from a URL, or null
 * @param referer the URL that redirected here; null at the start and where it must not be told
 */
record Hop(
    int number,
    HttpUrl url,
    String shownAuthority,
    String host,
    String method,
    boolean bodyDropped,
    boolean atFirstHost,
    boolean trusted,
    @Nullable String credentials,
    @Nullable String referer) {

  /** The first request of a probe. */
  static Hop first(HttpUrl url, String shownAuthority, String host, String method) {
    return new Hop(
        0, url, shownAuthority, host, method, false, true, true, credentialsOf(url), null);
  }

  /** The URL as notes show it: without credentials. */
  String shownUrl() {
    return url.withAuthority(shownAuthority);
  }

  /** Whether {@code Host} is not simply what the connection goes to, so that it is kept. */
  boolean namesAnotherHost() {
    return !host.equals(shownAuthority);
  }

  /** The URL as people know it: with the name of the host, without credentials. */
  String namedUrl() {
    return url.withAuthority(url.authority());
  }

  /** Credentials that a URL carries, as a header value; null if there are none. */
  static @Nullable String credentialsOf(HttpUrl url) {
    String user = url.user();
    return user == null ? null : Authenticator.basic(user, url.password());
  }

  /** Not the parts that may hold secrets. */
  @Override
  public String toString() {
    return number + ": " + method + ' ' + shownUrl();
  }
}
