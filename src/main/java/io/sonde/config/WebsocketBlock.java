package io.sonde.config;

import java.util.List;
import java.util.Locale;
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
    checkHeaders(fields, in);
    checkDialogue(fields, in);
    return new WebsocketSpec(
        fields.get(HTTP_CONFIG),
        fields.get(HEADERS),
        fields.get(QueryResponseBlock.QUERY_RESPONSE),
        IpKeys.preference(fields, in));
  }

  private static void checkHeaders(Fields fields, Reading in) {
    for (String name : fields.get(HEADERS).keySet()) {
      if (WebsocketSpec.OF_HANDSHAKE.contains(name.toLowerCase(Locale.ROOT))) {
        fields.unusable(in, HEADERS, "header \"" + name + "\" belongs to the handshake");
      }
    }
  }

  private static void checkDialogue(Fields fields, Reading in) {
    for (QueryResponse step : fields.get(QueryResponseBlock.QUERY_RESPONSE)) {
      if (!step.expectBytes().isEmpty() || step.labels() != null || step.startTls()) {
        fields.warn(
            in,
            QueryResponseBlock.QUERY_RESPONSE,
            "expect_bytes, labels and starttls have no effect on a websocket",
            "expected expect and send");
        return;
      }
    }
  }
}
