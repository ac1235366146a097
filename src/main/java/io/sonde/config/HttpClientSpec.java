package io.sonde.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every HTTP client can be told, whoever uses it.
 *
 * @param authorization a {@code bearer_token} ends here too
 * @param enableHttp2 whether {@code h2} is offered by ALPN
 * @param httpHeaders further headers, by name as written
 */
public record HttpClientSpec(
    @Nullable BasicAuth basicAuth,
    @Nullable Authorization authorization,
    @Nullable OAuth2Spec oauth2,
    TlsSpec tls,
    boolean followRedirects,
    boolean enableHttp2,
    ProxySpec proxy,
    Map<String, HeaderBlock> httpHeaders) {
  /** Follows redirects and offers HTTP/2; nothing else is configured. */
  public static final HttpClientSpec DEFAULT = withoutExtras(true);

  /** What a websocket module without {@code http_config} has: nothing at all. */
  public static final HttpClientSpec ZERO = withoutExtras(false);

  public HttpClientSpec {
    httpHeaders = Frozen.map(httpHeaders);
  }

  private static HttpClientSpec withoutExtras(boolean flags) {
    return new HttpClientSpec(
        null, null, null, TlsSpec.DEFAULT, flags, flags, ProxySpec.NONE, Map.of());
  }
}
