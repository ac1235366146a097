package io.sonde.probe.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.config.Redaction;
import io.sonde.net.http.HttpUrl;
import io.sonde.net.http.InvalidUrlException;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a probe goes after a response. A host is "the first one" if it is named as the
 * target names it; whatever belongs to the target (credentials, cookies, the chosen address, the
 * TLS name) goes there only.
 */
final class Redirects {
  /** How many redirects are followed. */
  static final int MAX_FOLLOWED = 10;

  /** The longest Location that is taken for one. */
  static final int MAX_LOCATION_CHARS = 64 << 10;

  private final ProbeRun run;
  private final HttpUrl target;
  private final boolean follows;
  private final boolean secureOnly;
  private final boolean replayable;
  private final CookieJar jar;
  private int seen;

  /**
   * The redirects of one probe.
   *
   * @param follows whether the module wants them followed
   * @param secureOnly whether only https can be followed
   * @param replayable whether a request with a body can be sent again
   */
  Redirects(
      ProbeRun run,
      HttpUrl target,
      boolean follows,
      boolean secureOnly,
      boolean replayable,
      CookieJar jar) {
    this.run = run;
    this.target = target;
    this.follows = follows;
    this.secureOnly = secureOnly;
    this.replayable = replayable;
    this.jar = jar;
  }

  /** How many redirects were met, followed or not. */
  int seen() {
    return seen;
  }

  /** Whether there were more of them than are followed. */
  boolean exceeded() {
    return follows && seen > MAX_FOLLOWED;
  }

  /**
   * The request that follows a response, or null if the response is the final one.
   *
   * @throws ProbeFailure if the response leads to where nobody can go
   */
  @Nullable Hop next(Hop hop, HttpResponse response) {
    String sent = response.headers().get(HttpHeaderNames.LOCATION, "");
    int code = response.status().code();
    boolean keepsRequest = code == 307 || code == 308;
    boolean redirects = keepsRequest || code == 301 || code == 302 || code == 303;
    if (!redirects || sent.isEmpty() || (keepsRequest && !replayable)) {
      return null;
    }
    String location = decode(sent);
    run.trail().conceal(Redaction.ofUrl(location));
    HttpUrl url = resolve(hop, location);
    seen++;
    String shown = shown(url, location);
    run.trail().info("Received redirect", "location", shown);
    boolean goesOn = follows && seen <= MAX_FOLLOWED;
    run.learn(new Fact.Redirect(hop.number(), shown, goesOn));
    if (!goesOn) {
      run.trail().info("Not following redirect");
      return null;
    }
    if (!url.isHttp() || url.host().isEmpty()) {
      throw failure("the redirect leads to " + url + ", which is no HTTP URL");
    }
    if (secureOnly && !url.isSecure()) {
      throw failure(
          "the redirect leads to " + url + ", which HTTP/3 cannot follow: it needs https");
    }
    jar.take(hop.url(), response.headers().getAll(HttpHeaderNames.SET_COOKIE));
    return follow(hop, url, location, keepsRequest);
  }

  private Hop follow(Hop hop, HttpUrl url, String location, boolean keepsRequest) {
    boolean absolute = HttpUrl.isAbsolute(location);
    boolean sameAuthority = url.authority().equals(hop.url().authority());
    boolean atFirstHost = url.sameHost(target);
    boolean trusted = hop.trusted() && atFirstHost;
    String method = hop.method();
    if (!keepsRequest && !method.equals("HEAD")) {
      method = "GET";
    }
    return new Hop(
        hop.number() + 1,
        url,
        !absolute && sameAuthority ? hop.shownAuthority() : url.authority(),
        !absolute && hop.namesAnotherHost() ? hop.host() : url.authority(),
        method,
        hop.bodyDropped() || !keepsRequest,
        atFirstHost,
        trusted,
        credentials(url, trusted),
        hop.url().isSecure() && !url.isSecure() ? null : hop.shownUrl());
  }

  private @Nullable String credentials(HttpUrl url, boolean trusted) {
    String own = Hop.credentialsOf(url);
    return own == null && trusted ? Hop.credentialsOf(target) : own;
  }

  private static HttpUrl resolve(Hop hop, String location) {
    try {
      return hop.url().resolve(location);
    } catch (InvalidUrlException e) {
      throw failure("the Location of a redirect is no URL: " + e.getMessage());
    }
  }

  /** The reference as it was sent, unless it may carry credentials. */
  private static String shown(HttpUrl url, String location) {
    return location.indexOf('@') < 0 ? location : url.toString();
  }

  /** Header values come as Latin-1; a Location beyond ASCII means UTF-8. */
  private static String decode(String value) {
    if (value.length() > MAX_LOCATION_CHARS) {
      throw failure(
          "the Location of a redirect has "
              + value.length()
              + " characters, more than "
              + MAX_LOCATION_CHARS);
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 127) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
    return value;
  }

  private static ProbeFailure failure(String message) {
    return new ProbeFailure(Phase.PROCESSING, Reason.REDIRECT, message);
  }
}
