package io.sonde.cli;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** Addresses as people write them. */
final class Addresses {
  private Addresses() {}

  /** {@code 127.0.0.1:80}, {@code [::1]:80}; without a port, {@code ::1}. */
  static String text(InetSocketAddress remote) {
    return remote.getPort() == 0 ? ip(remote) : NetUtil.toSocketAddressString(remote);
  }

  /** The address alone, without brackets. */
  static String ip(InetSocketAddress remote) {
    return NetUtil.toAddressString(remote.getAddress());
  }

  /** {@code IPv4} or {@code IPv6}. */
  static String family(InetSocketAddress remote) {
    return remote.getAddress() instanceof Inet4Address ? "IPv4" : "IPv6";
  }
}
