package io.sonde.server;

import io.sonde.telemetry.RequestStats.Route;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Leads each request to the endpoint of its path. A path that is not clean is redirected to the
 * clean one; a path that nobody answers is 404.
 */
final class Router implements Endpoint {
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Map<String, Route> routes = new HashMap<>();
  private final String prefix;

  /**
   * A router without endpoints.
   *
   * @param location where the daemon lives
   */
  Router(WebLocation location) {
    this.prefix = location.routePrefix();
    if (!prefix.equals("/")) {
      String bare = prefix.substring(0, prefix.length() - 1);
      endpoints.put(bare, exchange -> redirect(exchange, prefix));
      endpoints.put("/", exchange -> exchange.redirect(302, location.externalUrl()));
    }
  }

  /** Adds an endpoint; {@code path} is relative to the route prefix. */
  Router with(String path, Endpoint endpoint) {
    endpoints.put(prefix + path, endpoint);
    routes.put(prefix + path, Route.ofPath(path));
    return this;
  }

  /** Where a request leads, for those who count it. */
  Route route(Exchange exchange) {
    return routes.getOrDefault(exchange.target().path(), Route.OTHER);
  }

  @Override
  public void handle(Exchange exchange) {
    String path = exchange.target().path();
    Endpoint endpoint = endpoints.get(path);
    if (endpoint != null) {
      endpoint.handle(exchange);
      return;
    }
    String clean = exchange.target().cleanPath();
    if (!clean.equals(path)) {
      redirect(exchange, clean);
    } else {
      exchange.fail(404, "404 page not found");
    }
  }

  private static void redirect(Exchange exchange, String path) {
    String query = exchange.query().raw();
    exchange.redirect(301, escapePath(path) + (query.isEmpty() ? "" : "?" + query));
  }

  /** The path as it stands in a URL (RFC 3986, section 3.3). */
  private static String escapePath(String path) {
    StringBuilder escaped = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-_.~/$&+,:;=@".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
    return escaped.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
