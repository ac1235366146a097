package io.sonde.net.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, and how its peer is known.
 *
 * @param hop which request of a chain of redirects, from 0
 * @param url names scheme, host and port
 * @param address the address that was chosen for the host; null if it is still to be looked up
 * @param tlsName the name to indicate to the peer and to verify, without a port
 * @param listener is told about the TLS handshake with the peer
 */
public record Destination(
    int hop, HttpUrl url, @Nullable InetAddress address, String tlsName, TlsListener listener) {
  /** A host that is looked up, and of whose certificates nobody wants to know. */
  static Destination lookedUp(HttpUrl url, String tlsName) {
    return new Destination(0, url, null, tlsName, TlsListener.NONE);
  }
}
