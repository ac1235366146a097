package io.sonde.net.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL (RFC 3986), taken apart strictly and otherwise left as its author wrote it: escapes, letter
 * case of the host and an empty port stay. Characters that may not stand in a request line are
 * percent-escaped, so that {@link #requestTarget()} can be sent as it is. The fragment is dropped.
 * International names are not converted.
 */
public final class HttpUrl {
  private final String scheme;
  private final @Nullable String userInfo;
  private final String authority;
  private final String host;
  private final @Nullable String port;
  private final String path;
  private final @Nullable String query;

  HttpUrl(
      String scheme,
      @Nullable String userInfo,
      String authority,
      String host,
      @Nullable String port,
      String path,
      @Nullable String query) {
    this.scheme = scheme;
    this.userInfo = userInfo;
    this.authority = authority;
    this.host = host;
    this.port = port;
    this.path = path;
    this.query = query;
  }

  /**
   * Takes apart an absolute URL.
   *
   * @throws InvalidUrlException on control characters, bad escapes, a port that is no number,
   *     brackets that do not hold an IPv6 address, a scheme that is missing
   */
  public static HttpUrl parse(String text) throws InvalidUrlException {
    UrlParser parts = UrlParser.parse(text);
    if (parts.scheme == null) {
      throw new InvalidUrlException("the URL has no scheme");
    }
    return parts.toUrl(parts.scheme);
  }

  /**
   * The URL that {@code reference}, as found in a {@code Location} header, means when it is met at
   * this URL (RFC 3986, section 5.2). Credentials of this URL go along only if the reference names
   * no host.
   *
   * @throws InvalidUrlException if the reference is no URL reference
   */
  public HttpUrl resolve(String reference) throws InvalidUrlException {
    UrlParser parts = UrlParser.parse(reference);
    if (parts.scheme != null || !parts.authority.isEmpty() || parts.userInfo != null) {
      HttpUrl url = parts.toUrl(parts.scheme == null ? scheme : parts.scheme);
      return url.withPath(UrlPath.resolve(url.path, ""), url.query);
    }
    String newQuery = parts.path.isEmpty() && parts.query == null ? query : parts.query;
    return withPath(UrlPath.resolve(path, parts.path), newQuery);
  }

  /** Whether a reference names its scheme, or leaves it to the URL that it is met at. */
  public static boolean isAbsolute(String reference) {
    try {
      return UrlParser.parse(reference).scheme != null;
    } catch (InvalidUrlException ignored) {
      return false;
    }
  }

  /** The scheme, in lower case. */
  public String scheme() {
    return scheme;
  }

  /** Whether the scheme is http or https. */
  public boolean isHttp() {
    return isSecure() || scheme.equals("http");
  }

  /** Whether the scheme is https. */
  public boolean isSecure() {
    return scheme.equals("https");
  }

  /** The decoded user name; null if the URL carries no credentials. */
  public @Nullable String user() {
    if (userInfo == null) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    return Percent.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
  }

  /** The decoded password; empty if there is none. */
  public String password() {
    int colon = userInfo == null ? -1 : userInfo.indexOf(':');
    return userInfo == null || colon < 0 ? "" : Percent.decode(userInfo.substring(colon + 1));
  }

  /** The host as written, without brackets; may be empty. */
  public String host() {
    return host;
  }

  /** Host and port as written, brackets included, without credentials. */
  public String authority() {
    return authority;
  }

  /** The port as written, which may be empty; null if there is none. */
  public @Nullable String port() {
    return port;
  }

  /** The port to connect to, the scheme's own if none is written; -1 if it is out of range. */
  public int effectivePort() {
    if (port == null || port.isEmpty()) {
      return isSecure() ? 443 : 80;
    }
    int value = 0;
    for (int i = 0; i < port.length(); i++) {
      value = value * 10 + port.charAt(i) - '0';
      if (value > 65_535) {
        return -1;
      }
    }
    return value;
  }

  /** Path and query as they stand in a request line; never empty. */
  public String requestTarget() {
    String shownPath = path.isEmpty() ? "/" : path;
    return query == null ? shownPath : shownPath + '?' + query;
  }

  /** The path, escaped; {@code /} if there is none. */
  public String path() {
    return path.isEmpty() ? "/" : path;
  }

  /** Whether both name the same host, whatever the port; names are compared without case. */
  public boolean sameHost(HttpUrl other) {
    return host.equalsIgnoreCase(other.host);
  }

  /** The URL without its credentials, which are only hinted at. */
  @Override
  public String toString() {
    return shown(authority);
  }

  /** The URL with another host and port and without a trace of its credentials. */
  public String withAuthority(String shownAuthority) {
    return scheme + "://" + shownAuthority + path + (query == null ? "" : '?' + query);
  }

  private String shown(String shownAuthority) {
    return userInfo == null
        ? withAuthority(shownAuthority)
        : withAuthority("xxxxx@" + shownAuthority);
  }

  /** The URL with another scheme; the port stays as it is written. */
  public HttpUrl withScheme(String newScheme) {
    return new HttpUrl(newScheme, userInfo, authority, host, port, path, query);
  }

  private HttpUrl withPath(String newPath, @Nullable String newQuery) {
    return new HttpUrl(scheme, userInfo, authority, host, port, newPath, newQuery);
  }

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
