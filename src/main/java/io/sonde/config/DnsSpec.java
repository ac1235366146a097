package io.sonde.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a DNS probe.
 *
 * @param sourceIpAddress local address, an IP literal; empty means the system's choice
 * @param transportProtocol as written; empty means {@code udp}
 * @param queryClass mnemonic; empty means {@code IN}
 * @param queryName empty only where the module has no such block, and then the probe fails
 * @param queryType mnemonic; empty means {@code ANY}
 * @param validRcodes accepted response codes; null means NOERROR, an empty list accepts none
 */
public record DnsSpec(
    IpPreference ip,
    boolean dnsOverTls,
    TlsSpec tlsConfig,
    String sourceIpAddress,
    String transportProtocol,
    String queryClass,
    String queryName,
    String queryType,
    boolean recursionDesired,
    @Nullable List<String> validRcodes,
    RecordValidator validateAnswer,
    RecordValidator validateAuthority,
    RecordValidator validateAdditional)
    implements ProbeSpec {
  /** What an absent block means. */
  public static final DnsSpec DEFAULT =
      new DnsSpec(
          IpPreference.DEFAULT,
          false,
          TlsSpec.DEFAULT,
          "",
          "",
          "",
          "",
          "",
          true,
          null,
          RecordValidator.NONE,
          RecordValidator.NONE,
          RecordValidator.NONE);

  public DnsSpec {
    validRcodes = validRcodes == null ? null : List.copyOf(validRcodes);
  }

  @Override
  public ProberKind kind() {
    return ProberKind.DNS;
  }
}
