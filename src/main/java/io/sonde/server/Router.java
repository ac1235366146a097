package io.sonde.server;

import io.sonde.telemetry.RequestStats.Route;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leads each request to the endpoint of its path. A path that is not clean is redirected to the
 * clean one; a path that nobody answers is 404.
 */
public final class Router implements Endpoint {
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Map<String, Endpoint> subtrees = new HashMap<>();
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

  /**
   * Adds an endpoint, in place of what the path may have had.
   *
   * @param path relative to the route prefix
   */
  public Router with(String path, Endpoint endpoint) {
    endpoints.put(prefix + path, endpoint);
    routes.put(prefix + path, Route.ofPath(path));
    return this;
  }

  /**
   * Adds an endpoint for every clean path that begins so, is longer and has no endpoint of its own;
   * the longest such beginning counts.
   *
   * @param start relative to the route prefix, ending with a slash
   */
  public Router under(String start, Endpoint endpoint) {
    subtrees.put(prefix + start, endpoint);
    routes.put(prefix + start, Route.ofPath(start));
    return this;
  }

  /** Where a request leads, for those who count it. */
  Route route(Exchange exchange) {
    String path = exchange.target().path();
    Route exact = routes.get(path);
    if (exact != null && endpoints.containsKey(path)) {
      return exact;
    }
    String subtree = subtreeOf(path);
    return subtree == null ? Route.OTHER : routes.getOrDefault(subtree, Route.OTHER);
  }

  /** Every path that something was added for or under, relative to the route prefix. */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    routes.keySet().forEach(path -> paths.add(path.substring(prefix.length())));
    return paths;
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
      return;
    }
    String subtree = subtreeOf(path);
    if (subtree == null) {
      exchange.fail(404, "404 page not found");
    } else {
      exchange.rest(path.substring(subtree.length()));
      Objects.requireNonNull(subtrees.get(subtree)).handle(exchange);
    }
  }

  /** The longest beginning of a clean path that something is under, or null. */
  private @Nullable String subtreeOf(String path) {
    if (path.contains("//") || path.contains("/.")) {
      return null;
    }
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String start = path.substring(0, end + 1);
      if (start.length() < path.length() && subtrees.containsKey(start)) {
        return start;
      }
    }
    return null;
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
