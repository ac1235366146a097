package io.sonde.net.http;

import io.sonde.config.HttpClientSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.ProxySpec;
import io.sonde.config.TlsSpec;
import io.sonde.net.connect.Dialer;
import io.sonde.net.dns.Families;
import io.sonde.net.dns.Resolvers;
import io.sonde.net.file.ModuleFiles;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.net.tls.TlsMaterial;
import io.sonde.net.tls.TlsMaterials;
import io.sonde.probe.ProbeRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one client configuration reach their servers: its TLS settings, its proxies
 * and the address family it prefers. Compiled when the module is loaded; safe for use by many
 * loops.
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
  private final ProxyRules proxies;
  private final @Nullable ProxyFiles proxyFiles;
  private final @Nullable TlsMaterial proxyTls;
  private final boolean tunnels;

  /**
   * What all transports share.
   *
   * @param resolvers find the addresses of hosts
   * @param dialer opens connections
   * @param tls compiles TLS settings
   * @param environment what the environment says about proxies
   * @param headers charged for the header lines of responses
   * @param files reads the files that modules name
   */
  public record Services(
      Resolvers resolvers,
      Dialer dialer,
      TlsMaterials tls,
      ProxyEnvironment environment,
      HeaderMemory headers,
      ModuleFiles files) {}

  /**
   * Compiles a configuration.
   *
   * @param protocols what a handshake offers by ALPN (RFC 7301); empty leaves the extension out;
   *     {@link #HTTP_3} makes all connections QUIC
   * @param proxy who forwards the requests; nobody can those of HTTP/3
   * @param ip which address family is tried first; the other one is tried as well
   */
  public HttpTransport(
      Services services, TlsSpec tls, List<String> protocols, ProxySpec proxy, IpPreference ip) {
    this(services, tls, protocols, proxy, ip, false);
  }

  private HttpTransport(
      Services services,
      TlsSpec tls,
      List<String> protocols,
      ProxySpec proxy,
      IpPreference ip,
      boolean tunnels) {
    this.services = services;
    this.tls = services.tls().of(tls, protocols);
    this.overQuic = protocols.equals(HTTP_3);
    this.families = Families.of(new IpPreference(ip.preferred(), true));
    this.proxies = ProxyRules.of(overQuic ? ProxySpec.NONE : proxy, services.environment());
    boolean inFiles = !overQuic && proxy.isInFiles();
    this.proxyFiles =
        inFiles ? new ProxyFiles(proxy, services.environment(), services.files()) : null;
    this.proxyTls = inFiles || proxies.needTls() ? services.tls().of(tls, List.of()) : null;
    this.tunnels = tunnels;
  }

  /**
   * Compiles a configuration for requests that change the protocol, which takes an {@link
   * Http1Connection} all the way to the server: a proxy is asked for a tunnel without TLS too (RFC
   * 6455, section 4.1).
   */
  public static HttpTransport forUpgrades(
      Services services, HttpClientSpec client, IpPreference ip) {
    return new HttpTransport(services, client.tls(), List.of(), client.proxy(), ip, true);
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
    run.trail().conceal(proxies.secrets());
    return new HttpConnector(run, this);
  }

  Services services() {
    return services;
  }

  TlsMaterial tls() {
    return tls;
  }

  /** Whether a proxy forwards connections only, and no requests. */
  boolean tunnels() {
    return tunnels;
  }

  boolean overQuic() {
    return overQuic;
  }

  Families families() {
    return families;
  }

  /** The proxies, unless they stand in {@link #proxyFiles}. */
  ProxyRules proxies() {
    return proxies;
  }

  @Nullable ProxyFiles proxyFiles() {
    return proxyFiles;
  }

  /** The same trust and the same client certificate, for a proxy that wants TLS; else null. */
  @Nullable TlsMaterial proxyTls() {
    return proxyTls;
  }
}
