package io.sonde.net.http;

import org.jspecify.annotations.Nullable;

/**
 * Takes a URL reference apart. Stricter than {@code java.net.URI} in what a host and a port may be,
 * more lenient in what a path may hold, and makes no exception with a stack trace.
 */
final class UrlParser {
  private static final boolean[] USER_INFO = Percent.allowing("-._:~!$&'()*+,;=%@");
  private static final boolean[] HOST = Percent.allowing("-_.~!$&'()*+,;=:[]<>\"%");

  @Nullable String scheme;
  @Nullable String userInfo;
  String authority = "";
  String host = "";
  @Nullable String port;
  String path = "";
  @Nullable String query;

  private UrlParser() {}

  static UrlParser parse(String text) throws InvalidUrlException {
    refuseControlCharacters(text);
    UrlParser parts = new UrlParser();
    String rest = parts.takeScheme(parts.withoutFragment(text));
    int question = rest.indexOf('?');
    if (question >= 0) {
      parts.query = Percent.escapeQuery(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      parts.takeAuthority(slash < 0 ? rest.substring(2) : rest.substring(2, slash));
      rest = slash < 0 ? "" : rest.substring(slash);
    } else if (parts.scheme == null) {
      refuseColonInFirstSegment(rest);
    }
    if (!Percent.isWellFormed(rest)) {
      throw new InvalidUrlException("the path has a bad percent escape");
    }
    parts.path = Percent.escapePath(rest);
    return parts;
  }

  HttpUrl toUrl(String withScheme) {
    return new HttpUrl(withScheme, userInfo, authority, host, port, path, query);
  }

  private static void refuseControlCharacters(String text) throws InvalidUrlException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f) {
        throw new InvalidUrlException("the URL contains a control character at " + i);
      }
    }
  }

  private String withoutFragment(String text) throws InvalidUrlException {
    int hash = text.indexOf('#');
    if (hash < 0) {
      return text;
    }
    if (!Percent.isWellFormed(text.substring(hash))) {
      throw new InvalidUrlException("the fragment has a bad percent escape");
    }
    return text.substring(0, hash);
  }

  private String takeScheme(String text) throws InvalidUrlException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (c == ':') {
        if (i == 0) {
          throw new InvalidUrlException("the scheme of the URL is missing");
        }
        scheme = HttpUrl.lowerCase(text.substring(0, i));
        return text.substring(i + 1);
      }
      if (!letter && (!other || i == 0)) {
        return text;
      }
    }
    return text;
  }

  private static void refuseColonInFirstSegment(String path) throws InvalidUrlException {
    int colon = path.indexOf(':');
    int slash = path.indexOf('/');
    if (colon >= 0 && (slash < 0 || colon < slash)) {
      throw new InvalidUrlException("the first path segment contains a colon");
    }
  }

  private void takeAuthority(String text) throws InvalidUrlException {
    int at = text.lastIndexOf('@');
    if (at >= 0) {
      userInfo = text.substring(0, at);
      if (!consistsOf(userInfo, USER_INFO, false) || !Percent.isWellFormed(userInfo)) {
        throw new InvalidUrlException("the credentials in the URL have an invalid character");
      }
    }
    authority = text.substring(at + 1);
    if (authority.startsWith("[")) {
      takeBracketedHost();
    } else {
      takePlainHost();
    }
    if (port != null && !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new InvalidUrlException("the port is no number");
    }
  }

  private void takeBracketedHost() throws InvalidUrlException {
    int end = authority.lastIndexOf(']');
    if (end < 0) {
      throw new InvalidUrlException("the host lacks its closing bracket");
    }
    String behind = authority.substring(end + 1);
    if (!behind.isEmpty() && behind.charAt(0) != ':') {
      throw new InvalidUrlException("the port is no number");
    }
    port = behind.isEmpty() ? null : behind.substring(1);
    String literal = authority.substring(1, end);
    int zone = literal.indexOf("%25");
    String address = zone < 0 ? literal : literal.substring(0, zone);
    if (address.indexOf(':') < 0 || !isAddress(address)) {
      throw new InvalidUrlException("what stands in brackets is no IPv6 address");
    }
    host = zone < 0 ? literal : address + '%' + Percent.decode(literal.substring(zone + 3));
    // A zone means something on this machine only: it is not for the peer.
    authority = "[" + address + "]" + behind;
  }

  private static boolean isAddress(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && (c >= 128 || Character.digit(c, 16) < 0)) {
        return false;
      }
    }
    return true;
  }

  private void takePlainHost() throws InvalidUrlException {
    int colon = authority.indexOf(':');
    if (colon != authority.lastIndexOf(':')) {
      throw new InvalidUrlException("an IPv6 address needs brackets, and a host has no colon");
    }
    host = colon < 0 ? authority : authority.substring(0, colon);
    port = colon < 0 ? null : authority.substring(colon + 1);
    if (!consistsOf(host, HOST, true)) {
      throw new InvalidUrlException("the host has an invalid character");
    }
    if (host.indexOf('%') >= 0) {
      if (!Percent.isWellFormed(host) || escapesAscii(host)) {
        throw new InvalidUrlException("the host has a bad percent escape");
      }
      host = Percent.decode(host);
    }
  }

  /** Only bytes beyond ASCII may be escaped in a host. */
  private static boolean escapesAscii(String host) {
    for (int i = host.indexOf('%'); i >= 0; i = host.indexOf('%', i + 1)) {
      if (Character.digit(host.charAt(i + 1), 16) < 8) {
        return true;
      }
    }
    return false;
  }

  private static boolean consistsOf(String text, boolean[] allowed, boolean beyondAscii) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 128 ? !allowed[c] : !beyondAscii) {
        return false;
      }
    }
    return true;
  }
}
