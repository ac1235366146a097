package io.sonde.net.http;

import io.sonde.config.Secret;
import io.sonde.net.proxy.ProxyServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A proxy, and what is said to it in headers.
 *
 * @param server where it is
 * @param connectLines the header lines of a CONNECT request, but for {@code Host}
 * @param login the line with the credentials, if there are any
 */
record HttpProxy(ProxyServer server, HeaderLines connectLines, HeaderLines login) {
  static final String AUTHORIZATION = "Proxy-Authorization";

  /** What clients that are no browsers call themselves there; proxies know it. */
  private static final String USER_AGENT = "Go-http-client/1.1";

  /** Headers that follow from the request itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "content-length", "transfer-encoding", "trailer");

  private static final String NAME_OF_AGENT = "user-agent";

  /**
   * Compiles what is said to a proxy.
   *
   * @param headers those of CONNECT requests that are configured, names as written; all valid
   */
  static HttpProxy of(ProxyServer server, Map<String, List<Secret>> headers) {
    ProxyServer.Login login = server.login();
    List<HeaderLine> authorization =
        login == null
            ? List.of()
            : List.of(
                new HeaderLine(
                    AUTHORIZATION, Authenticator.basic(login.user(), login.password().reveal())));
    List<HeaderLine> others = new ArrayList<>(authorization);
    List<HeaderLine> lines = new ArrayList<>();
    boolean namesAgent = false;
    for (Map.Entry<String, List<Secret>> header : headers.entrySet()) {
      String name = header.getKey();
      String known = name.toLowerCase(Locale.ROOT);
      boolean replaced = login != null && known.equals(AUTHORIZATION.toLowerCase(Locale.ROOT));
      if (known.equals(NAME_OF_AGENT)) {
        namesAgent = true;
        header.getValue().stream()
            .limit(1)
            .filter(value -> !value.isEmpty())
            .forEach(value -> lines.add(line(name, value)));
      } else if (!replaced && !OWN_HEADERS.contains(known)) {
        header.getValue().forEach(value -> others.add(line(name, value)));
      }
    }
    if (!namesAgent) {
      lines.add(new HeaderLine("User-Agent", USER_AGENT));
    }
    others.sort(Comparator.comparing(HeaderLine::name));
    lines.addAll(others);
    return new HttpProxy(server, new HeaderLines(lines), new HeaderLines(authorization));
  }

  /** A header as it is sent. */
  static HeaderLine line(String name, Secret value) {
    return new HeaderLine(name, HeaderLine.of(name, value.reveal()).value());
  }
}
