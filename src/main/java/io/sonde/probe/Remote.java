package io.sonde.probe;

import io.netty.util.NetUtil;
import io.sonde.config.TargetScheme;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom a run is about to contact: what a target policy judges, and what is then connected to.
 *
 * @param scheme what will be spoken
 * @param host the name or address as the user, a redirect or the configuration wrote it, without
 *     brackets; the path of a unix socket
 * @param address the very address that will be connected to; null for a unix socket, and for a name
 *     that somebody else resolves
 * @param port negative if there is none
 */
public record Remote(TargetScheme scheme, String host, @Nullable InetAddress address, int port) {
  private static final int NO_PORT = -1;

  /** Somebody at an address. */
  public static Remote at(TargetScheme scheme, String host, InetSocketAddress address) {
    return new Remote(scheme, host, address.getAddress(), address.getPort());
  }

  /** Somebody at an address without ports. */
  public static Remote at(TargetScheme scheme, String host, InetAddress address) {
    return new Remote(scheme, host, address, NO_PORT);
  }

  /** A unix socket. */
  public static Remote socket(String path) {
    return new Remote(TargetScheme.UNIX, path, null, NO_PORT);
  }

  /** Address and port, for whoever connects. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(Objects.requireNonNull(address), port);
  }

  /** For people: the address, and the name that led there. */
  @Override
  public String toString() {
    String where = address == null ? host : NetUtil.toAddressString(address);
    String text = port < 0 || where.indexOf(':') < 0 ? where : '[' + where + ']';
    text = scheme.word() + " to " + text + (port < 0 ? "" : ":" + port);
    return address == null || host.equals(where) ? text : text + " (" + host + ')';
  }
}
