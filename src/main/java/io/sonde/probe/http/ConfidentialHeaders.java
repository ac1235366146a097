package io.sonde.probe.http;

import io.sonde.config.Credentials;
import io.sonde.net.http.HeaderValues;
import java.util.Set;

/**
 * The headers that only the host of the target may see: those that carry credentials by their name,
 * and those whose values the configuration calls secret or keeps in files.
 */
final class ConfidentialHeaders {
  private static final Set<String> BY_NAME =
      Set.of("Www-Authenticate", "Cookie2", "Proxy-Authenticate");

  private final HeaderValues values;

  /**
   * @param values the headers that may hold secrets
   */
  ConfidentialHeaders(HeaderValues values) {
    this.values = values;
  }

  /** Whether a header of that name, as it is usually written, is one of them. */
  boolean contains(String name) {
    return BY_NAME.contains(name) || Credentials.areIn(name) || values.holdSecret(name);
  }
}
