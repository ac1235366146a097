package io.sonde.page;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where something leads: to a place of this daemon, told relative to the page so that it holds
 * behind whatever proxies, or elsewhere as a template of the command line says. Immutable.
 */
final class Link {
  /** The landing page. */
  static final Link HOME = new Link("", "", true);

  private static final int MOST_IN_ROW = 512;

  private final String path;
  private final String query;
  private final boolean own;

  private Link(String path, String query, boolean own) {
    this.path = path;
    this.query = query;
    this.own = own;
  }

  /** A place of the daemon, relative to its landing page. */
  static Link to(String path) {
    return new Link(path, "", true);
  }

  /** The page of a probe. */
  static Link probe(long id) {
    return to("probes/" + id);
  }

  /** As {@link #target}; where that would be too long for a table, the page of a probe of it. */
  static Link inRow(String module, String target, long probeId) {
    return target.length() > MOST_IN_ROW ? probe(probeId) : target(module, target);
  }

  /** The page of a target as a module sees it. */
  static Link target(String module, String target) {
    return to("targets").with("module", module).with("target", target);
  }

  /** A part of the page itself. */
  static Link within(String id) {
    return new Link("#" + id, "", false);
  }

  /** Somewhere else. */
  static Link out(LinkTemplate.Filled filled) {
    return new Link(filled.url(), "", false);
  }

  /** The same with a parameter, unless it says nothing. */
  Link with(String name, @Nullable String value) {
    return value == null || value.isEmpty()
        ? this
        : new Link(path, query + (query.isEmpty() ? "?" : "&") + name + "=" + encoded(value), own);
  }

  /** As it stands in a page that is {@code root} away from the landing page. */
  String from(String root) {
    if (!own) {
      return path;
    }
    return root.isEmpty() && path.isEmpty() ? "./" + query : root + path + query;
  }

  /** As text within a query (RFC 3986, section 3.4), with as few escapes as can be. */
  static String encoded(String text) {
    return encoded(text, "-_.~:/@,!*()$?");
  }

  /** Everything but letters, digits and {@code others} is escaped. */
  static String encoded(String text, String others) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || others.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
