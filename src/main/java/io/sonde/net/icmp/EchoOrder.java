package io.sonde.net.icmp;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An echo request to be sent.
 *
 * @param source the local address, of the family of {@code target}, or null for the one that the
 *     system picks
 * @param ttl hop limit from 1 to 255; 0 leaves the system's
 * @param dontFragment whether the packet must travel whole; IPv4 only, needs a raw socket
 * @param payload what the reply has to bring back; must not change any more
 */
public record EchoOrder(
    InetAddress target,
    @Nullable InetAddress source,
    int ttl,
    boolean dontFragment,
    @SuppressWarnings("ArrayRecordComponent") byte[] payload) {
  private static final int LONGEST_PACKET = 0xffff;
  private static final int IP4_HEADER = 20;

  /** Whether it goes over IPv6. */
  public boolean ip6() {
    return target instanceof Inet6Address;
  }

  /** The longest payload that a packet can bring, in bytes. */
  public static int longestPayload(boolean ip6) {
    return LONGEST_PACKET - EchoPacket.HEADER_BYTES - (ip6 ? 0 : IP4_HEADER);
  }

  SocketKey socket() {
    return new SocketKey(ip6(), source, dontFragment && !ip6());
  }
}
