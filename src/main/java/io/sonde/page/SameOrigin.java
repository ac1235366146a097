package io.sonde.page;

import io.sonde.server.Exchange;
import io.sonde.server.WebLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells forms that were sent from a page of this daemon from those that a page of somebody else
 * made a browser send. Browsers say where a form stood, by {@code Sec-Fetch-Site} (Fetch Metadata)
 * or {@code Origin} (RFC 6454); whoever sends neither is no browser, and nobody makes it send.
 */
final class SameOrigin {
  private final @Nullable String external;

  SameOrigin(WebLocation location) {
    this.external = authority(location.externalUrl());
  }

  /** Whether the request may act. */
  boolean sent(Exchange exchange) {
    return allows(
        exchange.header("sec-fetch-site"), exchange.header("origin"), exchange.header("host"));
  }

  boolean allows(@Nullable String site, @Nullable String origin, @Nullable String host) {
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    if (origin == null) {
      return true;
    }
    String from = authority(origin);
    return from != null && (from.equalsIgnoreCase(host) || from.equals(external));
  }

  private static @Nullable String authority(String url) {
    try {
      String authority = new URI(url).getRawAuthority();
      return authority == null ? null : authority.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException ignored) {
      return null;
    }
  }
}
