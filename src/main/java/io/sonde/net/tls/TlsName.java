package io.sonde.net.tls;

import org.jspecify.annotations.Nullable;

/** The name of a peer as the handshake tells it (server name indication, RFC 6066). */
final class TlsName {
  /** More does not fit into a name of the DNS. */
  private static final int MAX_CHARS = 255;

  private TlsName() {}

  /**
   * The server name to indicate for {@code name}: without brackets, zone and trailing dots; null
   * for address literals, which must not be indicated, for paths of sockets, and for what no
   * message can carry. It is not checked further: the JDK's own class for such names refuses
   * underscores, which are common.
   */
  static @Nullable String indication(String name) {
    if (HostnameCheck.address(name) != null) {
      return null;
    }
    String host = withoutBracketsAndZone(name);
    int end = host.length();
    while (end > 0 && host.charAt(end - 1) == '.') {
      end--;
    }
    boolean unfit = end == 0 || end > MAX_CHARS || host.indexOf('\0') >= 0;
    return unfit || host.indexOf('/') >= 0 ? null : host.substring(0, end);
  }

  /** {@code [fe80::1%eth0]} is {@code fe80::1}. */
  static String withoutBracketsAndZone(String name) {
    String host = name;
    if (host.length() > 2 && host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int zone = host.indexOf('%');
    return zone > 0 ? host.substring(0, zone) : host;
  }
}
