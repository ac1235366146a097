package io.sonde.config;

import java.util.List;
import java.util.Map;

/**
 * Which proxy an HTTP client uses.
 *
 * @param url the proxy, which may carry credentials; {@link Secret#isEmpty} means none
 * @param noProxy comma-separated exceptions
 * @param fromEnvironment whether {@code HTTP_PROXY} and its relatives decide, read at every probe
 * @param connectHeader headers of CONNECT requests, names as written
 */
public record ProxySpec(
    Secret url, String noProxy, boolean fromEnvironment, Map<String, List<Secret>> connectHeader) {
  public static final ProxySpec NONE = new ProxySpec(Secret.NONE, "", false, Map.of());

  public ProxySpec {
    connectHeader = Frozen.lists(connectHeader);
  }

  /** Whether requests may go through a proxy at all. */
  public boolean isConfigured() {
    return fromEnvironment || !url.isEmpty();
  }
}
