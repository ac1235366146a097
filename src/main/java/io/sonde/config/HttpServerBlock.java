package io.sonde.config;

import java.util.List;
import java.util.Map;

/** {@code http_server_config}. */
final class HttpServerBlock extends Block<HttpServerBlock.Settings> {
  static final Key<Boolean> HTTP2 = Key.of("http2", Kinds.BOOL, true);
  static final Key<Map<String, String>> HEADERS =
      Key.of("headers", new ResponseHeadersKind(), Map.of());

  static final HttpServerBlock BLOCK = new HttpServerBlock();

  /** What the block says. */
  record Settings(boolean http2, Map<String, String> headers) {
    static final Settings DEFAULT = new Settings(true, Map.of());
  }

  private HttpServerBlock() {
    super("http_server_config", "web.HTTPConfig", List.of(HTTP2, HEADERS));
  }

  @Override
  Settings build(Fields fields, Reading in) {
    return new Settings(fields.get(HTTP2), fields.get(HEADERS));
  }
}
