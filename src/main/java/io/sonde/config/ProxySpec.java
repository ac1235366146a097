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
 * @param urlFile in place of {@code url}, a file that holds it
 * @param connectHeaderFiles more such headers, whose values are the contents of files
 */
public record ProxySpec(
    Secret url,
    String noProxy,
    boolean fromEnvironment,
    Map<String, List<Secret>> connectHeader,
    String urlFile,
    Map<String, List<String>> connectHeaderFiles) {
  public static final ProxySpec NONE = new ProxySpec(Secret.NONE, "", false, Map.of());

  /** What stands in the configuration itself. */
  public ProxySpec(
      Secret url,
      String noProxy,
      boolean fromEnvironment,
      Map<String, List<Secret>> connectHeader) {
    this(url, noProxy, fromEnvironment, connectHeader, "", Map.of());
  }

  public ProxySpec {
    connectHeader = Frozen.lists(connectHeader);
    connectHeaderFiles = Frozen.lists(connectHeaderFiles);
  }

  /** Whether some of it stands in files. */
  public boolean isInFiles() {
    return !urlFile.isEmpty() || !connectHeaderFiles.isEmpty();
  }

  /** Whether requests may go through a proxy at all. */
  public boolean isConfigured() {
    return fromEnvironment || !url.isEmpty() || !urlFile.isEmpty();
  }
}
