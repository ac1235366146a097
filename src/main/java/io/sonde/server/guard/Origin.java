package io.sonde.server.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from that share what is given to one client: an IPv4 address, a network of 64
 * bits of IPv6, which one machine has for itself, or this machine.
 */
final class Origin {
  private static final int NETWORK_BYTES = 8;

  private final byte[] network;

  private Origin(byte[] network) {
    this.network = network;
  }

  static Origin of(@Nullable SocketAddress remote) {
    InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
    if (address == null) {
      return new Origin(new byte[0]);
    }
    byte[] bytes = address.getAddress();
    return new Origin(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin && Arrays.equals(network, origin.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network);
  }
}
