package io.sonde.net.http;

import io.sonde.config.HttpClientSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.TlsSpec;
import io.sonde.net.connect.Dialer;
import io.sonde.net.dns.Families;
import io.sonde.net.dns.Resolvers;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.ProbeRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one client configuration reach their servers: its TLS settings and the
 * address family it prefers. Compiled when the module is loaded; safe for use by many loops.
 */
public final class HttpTransport {
  /** The names of the versions of HTTP over TLS. */
  static final String HTTP_2 = "h2";

  private static final String HTTP_1_1 = "http/1.1";

  /** What a client that speaks HTTP/3, and nothing else, offers by ALPN. */
  public static final List<String> HTTP_3 = List.of("h3");

  private final Services services;
  private final TlsMaterial tls;
  private final boolean overQuic;
  private final Families families;

  /**
   * What all transports share.
   *
   * @param resolvers find the addresses of hosts
   * @param dialer opens connections
   * @param tls compiles TLS settings
   */
  public record Services(Resolvers resolvers, Dialer dialer, TlsMaterials tls) {}

  /**
   * Compiles a configuration.
   *
   * @param protocols what a handshake offers by ALPN (RFC 7301); empty leaves the extension out;
   *     {@link #HTTP_3} makes all connections QUIC
   * @param ip which address family is tried first; the other one is tried as well
   */
  public HttpTransport(Services services, TlsSpec tls, List<String> protocols, IpPreference ip) {
    this.services = services;
    this.tls = services.tls().of(tls, protocols);
    this.overQuic = protocols.equals(HTTP_3);
    this.families = Families.of(new IpPreference(ip.preferred(), true));
  }

  /** What a client that may speak HTTP/2 offers by ALPN; nothing if it may not. */
  public static List<String> protocols(HttpClientSpec client) {
    return client.enableHttp2() ? List.of(HTTP_2, HTTP_1_1) : List.of();
  }

  /** Why no request can be made with this configuration, as far as that is known; or null. */
  public @Nullable String problem() {
    return tls.problem();
  }

  /** The name to indicate and verify: the one that is configured, else {@code host}. */
  public String tlsNameFor(String host) {
    return tls.nameFor(host);
  }

  /** Opens connections for one run. */
  public HttpConnector forRun(ProbeRun run) {
    return new HttpConnector(run, this);
  }

  Services services() {
    return services;
  }

  TlsMaterial tls() {
    return tls;
  }

  boolean overQuic() {
    return overQuic;
  }

  Families families() {
    return families;
  }
}
