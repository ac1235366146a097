package io.sonde.config;

import java.util.List;
import java.util.Map;

/** {@code websocket}. */
final class WebsocketBlock extends Block<WebsocketSpec> {
  static final Key<HttpClientSpec> HTTP_CONFIG =
      Key.of("http_config", HttpClientBlock.BLOCK, HttpClientSpec.ZERO);
  static final Key<Map<String, HeaderBlock>> HEADERS = HeaderValuesBlock.keyOf("headers");

  static final WebsocketBlock BLOCK = new WebsocketBlock();

  private WebsocketBlock() {
    super(
        "websocket",
        List.of(
            HTTP_CONFIG,
            HEADERS,
            QueryResponseBlock.QUERY_RESPONSE,
            IpKeys.PREFERRED,
            IpKeys.FALLBACK));
  }

  @Override
  WebsocketSpec build(Fields fields, Reading in) {
    return new WebsocketSpec(
        fields.get(HTTP_CONFIG),
        fields.get(HEADERS),
        fields.get(QueryResponseBlock.QUERY_RESPONSE),
        IpKeys.preference(fields, in));
  }
}
