package io.sonde.config;

/**
 * Parameters of an ICMP probe.
 *
 * @param sourceIpAddress local address, an IP literal; empty means the system's choice
 * @param payloadSize bytes; 0 means the built-in text
 * @param dontFragment whether DF is set; IPv4 only, needs a raw socket
 * @param ttl 0 to 255; 0 leaves the system's default
 */
public record IcmpSpec(
    IpPreference ip, String sourceIpAddress, int payloadSize, boolean dontFragment, int ttl)
    implements ProbeSpec {
  /** The TTL of a module that names none. */
  public static final int DEFAULT_TTL = 64;

  /** What an absent block means. */
  public static final IcmpSpec DEFAULT =
      new IcmpSpec(IpPreference.DEFAULT, "", 0, false, DEFAULT_TTL);

  @Override
  public ProberKind kind() {
    return ProberKind.ICMP;
  }
}
