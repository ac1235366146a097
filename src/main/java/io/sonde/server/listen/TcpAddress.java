package io.sonde.server.listen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A TCP port.
 *
 * @param text as written
 * @param host without brackets; empty means all interfaces and both families
 * @param port 0 lets the system choose
 */
public record TcpAddress(String text, String host, int port) implements ListenAddress {
  private static final int MAX_PORT = 65_535;

  static TcpAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw problem(text, "missing port in address");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw problem(text, "too many colons in address");
    }
    return new TcpAddress(text, host, port(text, text.substring(colon + 1)));
  }

  @Override
  public String network() {
    return "tcp";
  }

  /** The address to bind; looks the host up, which may take a while. */
  InetSocketAddress resolve() throws UnknownHostException {
    return host.isEmpty()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException ignored) {
      // Reported below.
    }
    throw problem(text, "expected a port between 0 and 65535, got \"" + digits + "\"");
  }

  private static IllegalArgumentException problem(String text, String what) {
    return new IllegalArgumentException("listen tcp: address " + text + ": " + what);
  }
}
