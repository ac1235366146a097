package io.sonde.net.proxy;

import java.util.Map;

/**
 * What the environment says about proxies; empty texts where it says nothing.
 *
 * @param httpProxy the proxy for http requests
 * @param httpsProxy the proxy for https requests
 * @param noProxy comma-separated exceptions
 * @param cgi whether this looks like a CGI program's environment, where whoever sends a request can
 *     set {@code HTTP_PROXY} by a header called {@code Proxy}
 */
public record ProxyEnvironment(String httpProxy, String httpsProxy, String noProxy, boolean cgi) {
  /** An environment without a word about proxies. */
  public static final ProxyEnvironment NONE = new ProxyEnvironment("", "", "", false);

  /** The environment of this process. It cannot change while the process runs. */
  public static ProxyEnvironment ofProcess() {
    return of(System.getenv());
  }

  /** Reads {@code HTTP_PROXY} and its relatives; where one is empty, its name in lower case. */
  static ProxyEnvironment of(Map<String, String> variables) {
    return new ProxyEnvironment(
        either(variables, "HTTP_PROXY", "http_proxy"),
        either(variables, "HTTPS_PROXY", "https_proxy"),
        either(variables, "NO_PROXY", "no_proxy"),
        !variables.getOrDefault("REQUEST_METHOD", "").isEmpty());
  }

  /** Not the values, which may hold credentials. */
  @Override
  public String toString() {
    return "ProxyEnvironment";
  }

  private static String either(Map<String, String> variables, String name, String other) {
    String value = variables.getOrDefault(name, "");
    return value.isEmpty() ? variables.getOrDefault(other, "") : value;
  }
}
