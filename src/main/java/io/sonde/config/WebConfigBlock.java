package io.sonde.config;

import java.util.List;
import java.util.Map;

/** The whole file of {@code --web.config.file}. */
final class WebConfigBlock extends Block<WebConfig> {
  /** A text in its place may be a key, and is not repeated. */
  static final Key<TlsServerSpec> TLS =
      Key.<TlsServerSpec>optional(WebConfig.TLS_KEY, TlsServerBlock.BLOCK).sensitive();

  static final Key<HttpServerBlock.Settings> HTTP =
      Key.of(
          HttpServerBlock.BLOCK.label(), HttpServerBlock.BLOCK, HttpServerBlock.Settings.DEFAULT);
  static final Key<Map<String, Secret>> USERS =
      Key.<Map<String, Secret>>of("basic_auth_users", new UsersKind(), Map.of()).sensitive();
  static final Key<RateLimit> RATE_LIMIT =
      Key.of(RateLimitBlock.BLOCK.label(), RateLimitBlock.BLOCK, RateLimit.NONE);

  static final WebConfigBlock BLOCK = new WebConfigBlock();

  private WebConfigBlock() {
    super("web configuration", "web.Config", List.of(TLS, HTTP, USERS, RATE_LIMIT));
  }

  @Override
  WebConfig build(Fields fields, Reading in) {
    HttpServerBlock.Settings http = fields.get(HTTP);
    return new WebConfig(
        fields.find(TLS),
        http.http2(),
        http.headers(),
        fields.get(USERS),
        fields.get(RATE_LIMIT),
        List.of());
  }
}
