package io.sonde.view;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** Addresses as people write them. */
public final class Addresses {
  private Addresses() {}

  /** {@code 127.0.0.1:80}, {@code [::1]:80}; without a port, {@code ::1}. */
  public static String text(InetSocketAddress remote) {
    return remote.getPort() == 0 ? ip(remote) : NetUtil.toSocketAddressString(remote);
  }

  /** The address alone, without brackets. */
  public static String ip(InetSocketAddress remote) {
    return NetUtil.toAddressString(remote.getAddress());
  }

  /** {@code IPv4} or {@code IPv6}. */
  public static String family(InetSocketAddress remote) {
    return remote.getAddress() instanceof Inet4Address ? "IPv4" : "IPv6";
  }
}
