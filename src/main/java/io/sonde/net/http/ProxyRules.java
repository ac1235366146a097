package io.sonde.net.http;

import io.netty.util.NetUtil;
import io.sonde.config.ProxySpec;
import io.sonde.config.Redaction;
import io.sonde.config.Secret;
import io.sonde.net.proxy.NoProxy;
import io.sonde.net.proxy.ProxyEnvironment;
import io.sonde.net.proxy.ProxyServer;
import io.sonde.net.proxy.ProxyServer.Protocol;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.Reason;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy the requests of one client configuration go through, if any. Exceptions are tested
 * against the host as it is written and against the address that was chosen for it: either will do.
 */
final class ProxyRules {
  private final @Nullable HttpProxy forHttp;
  private final @Nullable HttpProxy forHttps;
  private final @Nullable NoProxy exceptions;
  private final @Nullable String problem;
  private final @Nullable String httpProblem;
  private final Redaction secrets;

  private ProxyRules(
      @Nullable HttpProxy forHttp,
      @Nullable HttpProxy forHttps,
      @Nullable NoProxy exceptions,
      @Nullable String problem,
      @Nullable String httpProblem,
      Redaction secrets) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.exceptions = exceptions;
    this.problem = problem;
    this.httpProblem = httpProblem;
    this.secrets = secrets;
  }

  /** Compiles a configuration. Never fails: what cannot work fails the requests. */
  static ProxyRules of(ProxySpec spec, ProxyEnvironment environment) {
    String headerProblem = headerProblem(spec.connectHeader());
    if (headerProblem != null) {
      return new ProxyRules(null, null, null, headerProblem, null, Redaction.NONE);
    }
    if (spec.fromEnvironment()) {
      HttpProxy forHttp = fromEnvironment(environment.httpProxy(), spec);
      return new ProxyRules(
          forHttp,
          fromEnvironment(environment.httpsProxy(), spec),
          NoProxy.parse(environment.noProxy()),
          null,
          environment.cgi() && forHttp != null
              ? "HTTP_PROXY is not obeyed where REQUEST_METHOD is set, as in a CGI program: a header"
                  + " of a request could have set it"
              : null,
          secretsIn(environment));
    }
    if (spec.url().isEmpty()) {
      return new ProxyRules(null, null, null, null, null, Redaction.NONE);
    }
    NoProxy exceptions = spec.noProxy().isEmpty() ? null : NoProxy.parse(spec.noProxy());
    try {
      HttpProxy proxy = HttpProxy.of(parse(spec.url().reveal()), spec.connectHeader());
      return new ProxyRules(proxy, proxy, exceptions, null, null, Redaction.NONE);
    } catch (InvalidUrlException e) {
      String flaw = "proxy_url: " + e.getMessage();
      return new ProxyRules(null, null, exceptions, flaw, null, Redaction.NONE);
    }
  }

  /** What the environment's proxies may repeat; that of a configured one its module knows. */
  Redaction secrets() {
    return secrets;
  }

  /** Whether one of the proxies wants TLS. */
  boolean needTls() {
    return wantsTls(forHttp) || wantsTls(forHttps);
  }

  /**
   * The proxy for a request; null if it goes straight to the server.
   *
   * @param address the address that was chosen for the host, if there is one
   * @throws ProbeFailure of reason {@code config} if the configuration cannot work
   */
  @Nullable HttpProxy proxyFor(HttpUrl url, @Nullable InetAddress address) {
    String flaw = problem == null && !url.isSecure() ? httpProblem : problem;
    if (flaw != null) {
      throw new ProbeFailure(Phase.SETUP, Reason.CONFIG, flaw);
    }
    HttpProxy proxy = url.isSecure() ? forHttps : forHttp;
    NoProxy known = exceptions;
    if (proxy == null || known == null) {
      return proxy;
    }
    int port = url.effectivePort();
    boolean excepted =
        known.excepts(url.host(), port)
            || (address != null && known.excepts(NetUtil.toAddressString(address), port));
    return excepted ? null : proxy;
  }

  private static @Nullable HttpProxy fromEnvironment(String text, ProxySpec spec) {
    if (text.isEmpty()) {
      return null;
    }
    ProxyServer server = lenient(text);
    return server == null ? null : HttpProxy.of(server, spec.connectHeader());
  }

  private static Redaction secretsIn(ProxyEnvironment environment) {
    return Redaction.builder().url(environment.httpProxy()).url(environment.httpsProxy()).build();
  }

  /** People leave the scheme out; and what is no URL at all has never kept a request from going. */
  private static @Nullable ProxyServer lenient(String text) {
    for (String candidate : List.of(text, "http://" + text)) {
      try {
        return parse(candidate);
      } catch (InvalidUrlException ignored) {
        // Perhaps the next one.
      }
    }
    return null;
  }

  /** What is no SOCKS and has no TLS is taken for plain HTTP, whatever its scheme says. */
  private static ProxyServer parse(String text) throws InvalidUrlException {
    HttpUrl url = HttpUrl.parse(text.startsWith("//") ? "http:" + text : text);
    Protocol protocol =
        switch (url.scheme()) {
          case "https" -> Protocol.HTTPS;
          case "socks5", "socks5h" -> Protocol.SOCKS5;
          default -> Protocol.HTTP;
        };
    if (url.host().isEmpty()) {
      throw new InvalidUrlException("the URL names no host");
    }
    String port = url.port();
    int number = port == null || port.isEmpty() ? protocol.defaultPort() : url.effectivePort();
    if (number < 0) {
      throw new InvalidUrlException("the port is above 65535");
    }
    String user = url.user();
    return new ProxyServer(
        protocol,
        url.host(),
        number,
        user == null ? null : new ProxyServer.Login(user, Secret.of(url.password())));
  }

  private static @Nullable String headerProblem(Map<String, List<Secret>> headers) {
    for (Map.Entry<String, List<Secret>> header : headers.entrySet()) {
      for (Secret value : header.getValue()) {
        if (!HttpProxy.line(header.getKey(), value).isValid()) {
          return "proxy_connect_header: invalid name or value of header \"" + header.getKey() + '"';
        }
      }
    }
    return null;
  }

  private static boolean wantsTls(@Nullable HttpProxy proxy) {
    return proxy != null && proxy.server().protocol() == Protocol.HTTPS;
  }
}
