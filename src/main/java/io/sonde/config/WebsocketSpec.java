package io.sonde.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters of a websocket probe.
 *
 * @param headers headers of the handshake
 * @param queryResponse the dialogue of messages; only {@code expect} and {@code send} count
 */
public record WebsocketSpec(
    HttpClientSpec http,
    Map<String, HeaderBlock> headers,
    List<QueryResponse> queryResponse,
    IpPreference ip)
    implements ProbeSpec {
  /** What an absent block means. */
  public static final WebsocketSpec DEFAULT =
      new WebsocketSpec(HttpClientSpec.ZERO, Map.of(), List.of(), IpPreference.DEFAULT);

  /** The headers that make a handshake one, in lower case; nobody else may set them. */
  public static final Set<String> OF_HANDSHAKE =
      Set.of(
          "upgrade",
          "connection",
          "sec-websocket-key",
          "sec-websocket-version",
          "sec-websocket-extensions");

  public WebsocketSpec {
    headers = Frozen.map(headers);
    queryResponse = List.copyOf(queryResponse);
  }

  @Override
  public ProberKind kind() {
    return ProberKind.WEBSOCKET;
  }
}
