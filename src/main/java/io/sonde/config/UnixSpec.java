package io.sonde.config;

import java.util.List;

/**
 * Parameters of a probe of a unix socket.
 *
 * @param queryResponse the dialogue, in order
 * @param tls whether the connection is TLS from the start
 */
public record UnixSpec(List<QueryResponse> queryResponse, boolean tls, TlsSpec tlsConfig)
    implements ProbeSpec {
  /** What an absent block means. */
  public static final UnixSpec DEFAULT = new UnixSpec(List.of(), false, TlsSpec.DEFAULT);

  public UnixSpec {
    queryResponse = List.copyOf(queryResponse);
  }

  @Override
  public ProberKind kind() {
    return ProberKind.UNIX;
  }
}
