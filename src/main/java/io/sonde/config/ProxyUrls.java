package io.sonde.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes a text no URL (RFC 3986), as leniently as such keys are read in practice. */
final class ProxyUrls {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern PORT = Pattern.compile("[0-9]*");
  private static final Pattern USER_INFO = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");

  private ProxyUrls() {}

  /** Why a text cannot be a URL, without any part of it; null if it can be one. */
  static @Nullable String flaw(String url) {
    if (url.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
      return "net/url: invalid control character in URL";
    }
    String text = url;
    int colon = text.indexOf(':');
    if (colon == 0) {
      return "missing protocol scheme";
    }
    boolean hasScheme = colon > 0 && SCHEME.matcher(text.substring(0, colon)).matches();
    String rest = hasScheme ? text.substring(colon + 1) : text;
    int query = rest.indexOf('?');
    rest = query < 0 ? rest : rest.substring(0, query);
    if (!hasScheme && !rest.startsWith("/") && firstSegment(rest).contains(":")) {
      return "first path segment in URL cannot contain colon";
    }
    if (!rest.startsWith("//")) {
      boolean opaque = hasScheme && !rest.startsWith("/");
      return !opaque && BAD_ESCAPE.matcher(rest).find() ? "invalid URL escape" : null;
    }
    int path = rest.indexOf('/', 2);
    String authority = path < 0 ? rest.substring(2) : rest.substring(2, path);
    return BAD_ESCAPE.matcher(rest).find() && !authority.contains("[")
        ? "invalid URL escape"
        : authorityFlaw(authority);
  }

  private static String firstSegment(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static @Nullable String authorityFlaw(String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0 && !USER_INFO.matcher(authority.substring(0, at)).matches()) {
      return "net/url: invalid userinfo";
    }
    String host = authority.substring(at + 1);
    int port = host.lastIndexOf(':');
    if (host.startsWith("[")) {
      int end = host.lastIndexOf(']');
      if (end < 0) {
        return "missing ']' in host";
      }
      port = end + 1 < host.length() ? end + 1 : -1;
      if (port >= 0 && host.charAt(port) != ':') {
        return "invalid port after host";
      }
    }
    if (port >= 0 && !PORT.matcher(host.substring(port + 1)).matches()) {
      return "invalid port after host";
    }
    return host.contains(" ") ? "invalid character \" \" in host name" : null;
  }

  /** Whether there is a host to connect to. */
  static boolean namesHost(String url) {
    int start = url.indexOf("//");
    if (start < 0) {
      return false;
    }
    String authority = url.substring(start + 2).split("[/?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return !host.isEmpty() && !host.startsWith(":");
  }

  /** Whether that is a scheme that proxies are known by. */
  static boolean hasKnownScheme(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://")
        || lower.startsWith("https://")
        || lower.startsWith("socks5://")
        || lower.startsWith("socks5h://");
  }

  /** The URL with {@code xxxxx} for its password, and for the credentials in its query. */
  static String redacted(String url) {
    UserInfo userInfo = UserInfo.of(url);
    String shown =
        userInfo == null || userInfo.password(url).isEmpty()
            ? url
            : url.substring(0, userInfo.start())
                + userInfo.masked(url, "xxxxx")
                + url.substring(userInfo.at() + 1);
    return UrlQuery.redacted(shown);
  }
}
