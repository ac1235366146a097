package io.sonde.net.icmp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What probes must agree on to share a socket.
 *
 * @param source the local address, or null for the one that the system picks
 * @param dontFragment whether packets must travel whole; never with IPv6, where all do
 */
record SocketKey(boolean ip6, @Nullable InetAddress source, boolean dontFragment) {
  /** The address family in words. */
  String family() {
    return ip6 ? "IPv6" : "IPv4";
  }
}
