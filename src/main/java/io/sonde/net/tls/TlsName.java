package io.sonde.net.tls;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** The name of a peer as the handshake tells it (server name indication, RFC 6066). */
final class TlsName {
  private TlsName() {}

  /**
   * The server name to indicate for {@code name}: without brackets, zone and trailing dots; null
   * for address literals, which must not be indicated, and for what no message can carry.
   */
  static @Nullable SNIHostName indication(String name) {
    if (HostnameCheck.address(name) != null) {
      return null;
    }
    String host = withoutBracketsAndZone(name);
    int end = host.length();
    while (end > 0 && host.charAt(end - 1) == '.') {
      end--;
    }
    if (end == 0) {
      return null;
    }
    try {
      // The constructor that takes text refuses underscores, which are common in real names.
      return new SNIHostName(host.substring(0, end).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException ignored) {
      return null;
    }
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
