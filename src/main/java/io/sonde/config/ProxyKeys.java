package io.sonde.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The keys that say which proxy an HTTP client uses; several blocks have them. */
final class ProxyKeys {
  static final Key<Secret> PROXY_URL = Key.of("proxy_url", Kinds.URL, Secret.NONE).sensitive();
  static final Key<String> NO_PROXY = Key.of("no_proxy", Kinds.STRING, "");
  static final Key<Boolean> PROXY_FROM_ENVIRONMENT =
      Key.of("proxy_from_environment", Kinds.BOOL, false);
  static final Key<Map<String, List<Secret>>> PROXY_CONNECT_HEADER =
      Key.of("proxy_connect_header", Kinds.map(Kinds.list(Kinds.SECRET), List.of()), Map.of())
          .sensitive();

  static final Key<String> PROXY_URL_FILE = Key.of("proxy_url_file", Kinds.FILE, "").extra();
  static final Key<Map<String, List<String>>> PROXY_CONNECT_HEADER_FILE =
      Key.of(
              "proxy_connect_header_file",
              Kinds.map(Kinds.list(Kinds.FILE), List.<String>of()),
              Map.<String, List<String>>of())
          .extra();

  static final List<Key<?>> ALL =
      List.of(
          PROXY_URL,
          NO_PROXY,
          PROXY_FROM_ENVIRONMENT,
          PROXY_CONNECT_HEADER,
          PROXY_URL_FILE,
          PROXY_CONNECT_HEADER_FILE);

  private ProxyKeys() {}

  static ProxySpec build(Fields fields, Reading in) {
    ProxySpec proxy =
        new ProxySpec(
            fields.get(PROXY_URL),
            fields.get(NO_PROXY),
            fields.get(PROXY_FROM_ENVIRONMENT),
            fields.get(PROXY_CONNECT_HEADER),
            fields.get(PROXY_URL_FILE),
            fields.get(PROXY_CONNECT_HEADER_FILE));
    checkTwins(fields, in);
    check(proxy, fields, in);
    // Exceptions from no proxy mean nothing, and would not load again.
    return proxy.isConfigured()
        ? proxy
        : new ProxySpec(Secret.NONE, "", false, proxy.connectHeader());
  }

  private static void checkTwins(Fields fields, Reading in) {
    Block.atMostOne(
        fields,
        in,
        "at most one of proxy_url & proxy_url_file must be configured",
        PROXY_URL,
        PROXY_URL_FILE);
    for (String name : fields.get(PROXY_CONNECT_HEADER_FILE).keySet()) {
      if (fields.get(PROXY_CONNECT_HEADER).containsKey(name)) {
        fields.error(
            in,
            fields.lastOf(PROXY_CONNECT_HEADER, PROXY_CONNECT_HEADER_FILE),
            "at most one of proxy_connect_header & proxy_connect_header_file must be configured for"
                + " header \""
                + name
                + '"',
            "");
      }
    }
  }

  private static void check(ProxySpec proxy, Fields fields, Reading in) {
    boolean hasUrl =
        !proxy.url().isEmpty()
            || !proxy.urlFile().isEmpty()
            || fields.failed(PROXY_URL)
            || fields.failed(PROXY_URL_FILE);
    boolean fromEnvironment = proxy.fromEnvironment() || fields.failed(PROXY_FROM_ENVIRONMENT);
    boolean hasHeaders = !proxy.connectHeader().isEmpty() || !proxy.connectHeaderFiles().isEmpty();
    if (hasHeaders && !hasUrl && !fromEnvironment) {
      fields.error(
          in,
          fields.lastOf(PROXY_CONNECT_HEADER, PROXY_CONNECT_HEADER_FILE),
          "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be"
              + " configured",
          "");
    }
    if (proxy.fromEnvironment() && hasUrl) {
      fields.error(
          in,
          fields.lastOf(PROXY_URL, PROXY_FROM_ENVIRONMENT),
          "if proxy_from_environment is configured, proxy_url must not be configured",
          "");
    }
    if (proxy.fromEnvironment() && !proxy.noProxy().isEmpty()) {
      fields.error(
          in,
          fields.lastOf(NO_PROXY, PROXY_FROM_ENVIRONMENT),
          "if proxy_from_environment is configured, no_proxy must not be configured",
          "");
    }
    if (!proxy.noProxy().isEmpty() && !fields.has(PROXY_URL) && !hasUrl && !fromEnvironment) {
      fields.error(
          in, NO_PROXY, "if no_proxy is configured, proxy_url must also be configured", "");
    }
    checkUrl(proxy.url(), fields, in);
    checkHeaders(proxy.connectHeader(), fields, in);
  }

  private static void checkUrl(Secret url, Fields fields, Reading in) {
    if (url.isEmpty()) {
      return;
    }
    if (!ProxyUrls.namesHost(url.reveal())) {
      fields.unusable(in, PROXY_URL, "proxy_url names no host");
    } else if (!ProxyUrls.hasKnownScheme(url.reveal())) {
      fields.warn(
          in,
          PROXY_URL,
          "proxy_url begins with none of http://, https://, socks5:// and socks5h://",
          "it is taken for http://");
    }
  }

  private static void checkHeaders(Map<String, List<Secret>> headers, Fields fields, Reading in) {
    headers.forEach(
        (name, values) -> {
          String problem =
              values.stream()
                  .map(value -> HttpWords.headerProblem(name, value.reveal()))
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElse(null);
          if (problem != null) {
            fields.unusable(in, PROXY_CONNECT_HEADER, problem);
          }
        });
  }
}
