package io.sonde.net.proxy;

import io.sonde.config.Secret;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy.
 *
 * @param protocol what it speaks
 * @param host a name or an address without its brackets
 * @param port from 0 to 65535
 * @param login as whom to ask it; null for nobody in particular
 */
public record ProxyServer(Protocol protocol, String host, int port, @Nullable Login login) {
  /** What proxies speak. */
  public enum Protocol {
    /** HTTP/1.1 (RFC 9110, sections 7.1 and 9.3.6). */
    HTTP(80),
    /** HTTP/1.1 over TLS. */
    HTTPS(443),
    /** SOCKS 5 (RFC 1928); the proxy resolves names. */
    SOCKS5(1080);

    private final int defaultPort;

    Protocol(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    /** The port of a proxy whose URL names none. */
    public int defaultPort() {
      return defaultPort;
    }
  }

  /** Credentials for a proxy. */
  public record Login(String user, Secret password) {}

  /** The proxy as a URL, without credentials. */
  @Override
  public String toString() {
    String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
    return protocol.name().toLowerCase(Locale.ROOT) + "://" + name + ':' + port;
  }
}
