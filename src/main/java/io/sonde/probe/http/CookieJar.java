package io.sonde.probe.http;

import io.netty.util.NetUtil;
import io.sonde.net.http.HeaderRules;
import io.sonde.net.http.HttpUrl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one probe (RFC 6265): set by redirects, sent on later hops to where they belong. A
 * Domain attribute must name the host or a parent of it that is no public suffix. Bounded: what is
 * too large or too many is not taken.
 */
final class CookieJar {
  static final int MAX_COOKIES = 100;
  static final int MAX_COOKIE_CHARS = 4_096;

  private record Cookie(
      String name, String value, String host, boolean hostOnly, String path, boolean secure) {

    boolean replaces(Cookie other) {
      return name.equals(other.name) && host.equals(other.host) && path.equals(other.path);
    }

    boolean belongsTo(String toHost, String toPath, boolean secureConnection) {
      boolean hostFits = hostOnly ? host.equals(toHost) : domainMatches(toHost, host);
      return hostFits && pathMatches(toPath, path) && (secureConnection || !secure);
    }
  }

  private final List<Cookie> cookies = new ArrayList<>(2);
  private final Set<String> namesSeen = new HashSet<>(2);
  private final long nowEpochSeconds;

  CookieJar(long nowEpochSeconds) {
    this.nowEpochSeconds = nowEpochSeconds;
  }

  /** Takes the {@code Set-Cookie} lines of an answer from {@code url}. */
  void take(HttpUrl url, List<String> setCookieLines) {
    for (String line : setCookieLines) {
      if (line.length() <= MAX_COOKIE_CHARS && namesSeen.size() < MAX_COOKIES) {
        namesSeen.add(nameIn(line));
        takeOne(url, line);
      }
    }
  }

  /** The value of the {@code Cookie} header for {@code url}; empty if there are none for it. */
  String header(HttpUrl url) {
    if (cookies.isEmpty()) {
      return "";
    }
    String host = hostOf(url);
    boolean secure = url.isSecure() || isThisMachine(host);
    List<Cookie> fitting = new ArrayList<>();
    for (Cookie cookie : cookies) {
      if (cookie.belongsTo(host, url.path(), secure)) {
        fitting.add(cookie);
      }
    }
    fitting.sort(Comparator.comparing(cookie -> -cookie.path.length()));
    StringBuilder header = new StringBuilder();
    for (Cookie cookie : fitting) {
      header.append(header.length() == 0 ? "" : "; ").append(cookie.name).append('=');
      header.append(cookie.value);
    }
    return header.toString();
  }

  /** A configured {@code Cookie} header without the cookies that an answer has set meanwhile. */
  String withoutReplaced(@Nullable String configured) {
    if (configured == null || namesSeen.isEmpty()) {
      return configured == null ? "" : configured;
    }
    String[] pairs = configured.split(";");
    List<String> kept = new ArrayList<>(pairs.length);
    for (String pair : pairs) {
      if (!namesSeen.contains(nameIn(pair))) {
        kept.add(pair.strip());
      }
    }
    if (kept.size() == pairs.length) {
      return configured;
    }
    Collections.sort(kept);
    return String.join("; ", kept);
  }

  /** The name of the cookie that a {@code Set-Cookie} line sets; empty if it sets none. */
  private static String nameIn(String line) {
    int end = line.indexOf(';');
    String pair = end < 0 ? line : line.substring(0, end);
    int equals = pair.indexOf('=');
    return equals < 0 ? "" : pair.substring(0, equals).strip();
  }

  private void takeOne(HttpUrl url, String line) {
    String[] parts = line.split(";");
    String name = nameIn(line);
    if (!HeaderRules.isToken(name)) {
      return;
    }
    String value = parts[0].substring(parts[0].indexOf('=') + 1).strip();
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    if (!isCookieValue(quoted ? value.substring(1, value.length() - 1) : value)) {
      return;
    }
    if (!quoted && (value.indexOf(' ') >= 0 || value.indexOf(',') >= 0)) {
      value = '"' + value + '"';
    }
    String host = hostOf(url);
    String domain = lastAttribute(parts, "domain");
    boolean hostOnly = domain == null || domain.isEmpty();
    if (domain != null && !hostOnly) {
      String wanted = domain.toLowerCase(Locale.ROOT);
      if (!isAddress(host) && wanted.startsWith(".")) {
        wanted = wanted.substring(1);
      }
      if (!domainMatches(host, wanted)) {
        return;
      }
      // A host that is a public suffix itself may keep a cookie for itself alone.
      hostOnly = isAddress(host) || PublicSuffix.is(wanted);
      if (hostOnly && !host.equals(wanted)) {
        return;
      }
      host = wanted;
    }
    String path = lastAttribute(parts, "path");
    String usedPath = path == null || !path.startsWith("/") ? defaultPath(url.path()) : path;
    boolean secure = lastAttribute(parts, "secure") != null;
    put(new Cookie(name, value, host, hostOnly, usedPath, secure), isExpired(parts));
  }

  private void put(Cookie cookie, boolean expired) {
    for (int i = 0; i < cookies.size(); i++) {
      if (cookie.replaces(cookies.get(i))) {
        // It keeps its place among the others.
        if (expired) {
          cookies.remove(i);
        } else {
          cookies.set(i, cookie);
        }
        return;
      }
    }
    if (!expired && cookies.size() < MAX_COOKIES) {
      cookies.add(cookie);
    }
  }

  private boolean isExpired(String[] parts) {
    String maxAge = lastAttribute(parts, "max-age");
    if (maxAge != null && maxAge.matches("-?\\d+")) {
      return maxAge.startsWith("-") || maxAge.matches("0+");
    }
    String expires = lastAttribute(parts, "expires");
    OptionalLong at =
        expires == null
            ? OptionalLong.empty()
            // Netscape's form has dashes where RFC 1123 has blanks.
            : HttpDates.epochSeconds(
                expires.replaceFirst("(\\d\\d)-(\\w{3})-(\\d{4})", "$1 $2 $3"));
    return at.isPresent() && at.getAsLong() <= nowEpochSeconds;
  }

  private static @Nullable String lastAttribute(String[] parts, String wanted) {
    for (int i = parts.length - 1; i > 0; i--) {
      int equals = parts[i].indexOf('=');
      String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
      if (name.equalsIgnoreCase(wanted)) {
        return equals < 0 ? "" : parts[i].substring(equals + 1).strip();
      }
    }
    return null;
  }

  private static boolean isCookieValue(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
  }

  private static boolean domainMatches(String host, String domain) {
    return host.equals(domain) || (host.endsWith("." + domain) && !isAddress(host));
  }

  private static boolean pathMatches(String path, String cookiePath) {
    return path.startsWith(cookiePath)
        && (path.length() == cookiePath.length()
            || cookiePath.endsWith("/")
            || path.charAt(cookiePath.length()) == '/');
  }

  private static String defaultPath(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static String hostOf(HttpUrl url) {
    String host = url.host().toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** What never leaves this machine needs no TLS. */
  private static boolean isThisMachine(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || (host.startsWith("127.") && NetUtil.isValidIpV4Address(host));
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(host);
  }
}
