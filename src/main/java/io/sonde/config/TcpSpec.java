package io.sonde.config;

import java.util.List;

/**
 * Parameters of a TCP probe.
 *
 * @param sourceIpAddress local address, an IP literal; empty means the system's choice
 * @param queryResponse the dialogue, in order
 * @param tls whether the connection is TLS from the start
 * @param tlsConfig for {@code tls} and for an upgrade within the dialogue
 */
public record TcpSpec(
    IpPreference ip,
    String sourceIpAddress,
    List<QueryResponse> queryResponse,
    boolean tls,
    TlsSpec tlsConfig)
    implements ProbeSpec {
  /** What an absent block means. */
  public static final TcpSpec DEFAULT =
      new TcpSpec(IpPreference.DEFAULT, "", List.of(), false, TlsSpec.DEFAULT);

  public TcpSpec {
    queryResponse = List.copyOf(queryResponse);
  }

  @Override
  public ProberKind kind() {
    return ProberKind.TCP;
  }

  /** The same probe with other TLS parameters. */
  public TcpSpec withTlsConfig(TlsSpec changed) {
    return new TcpSpec(ip, sourceIpAddress, queryResponse, tls, changed);
  }
}
