package io.sonde.net.policy;

import io.sonde.config.Cidr;
import io.sonde.config.HttpClientSpec;
import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.ProbeSpec;
import io.sonde.config.Problem;
import io.sonde.config.ProxySpec;
import io.sonde.config.TargetScheme;
import io.sonde.config.TcpSpec;
import io.sonde.config.WebsocketSpec;
import io.sonde.net.policy.TargetPolicies.Compiled;
import io.sonde.probe.Remote;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a module needs and its policy forbids whatever the target, as far as that can be told
 * without looking up a name.
 */
final class ModuleReview {
  private static final String HINT = "its probes fail with reason blocked_by_policy";

  private final Compiled policy;
  private final ModuleConfig module;
  private final List<Problem> problems = new ArrayList<>();

  ModuleReview(Compiled policy, ModuleConfig module) {
    this.policy = policy;
    this.module = module;
  }

  List<Problem> problems() {
    ProbeSpec spec = module.spec();
    if (spec == null) {
      return problems;
    }
    String objection = objectionToAll(schemes(spec));
    if (objection != null) {
      add("prober", "the target policy forbids all of its probes: " + objection);
    }
    if (spec instanceof HttpSpec http) {
      review("http.", http.client(), http.enableHttp3());
    } else if (spec instanceof WebsocketSpec websocket) {
      review("websocket.http_config.", websocket.http(), false);
    }
    return problems;
  }

  private static List<TargetScheme> schemes(ProbeSpec spec) {
    return switch (spec.kind()) {
      case HTTP -> List.of(TargetScheme.HTTP, TargetScheme.HTTPS);
      case WEBSOCKET -> List.of(TargetScheme.WS, TargetScheme.WSS);
      case TCP ->
          List.of(spec instanceof TcpSpec tcp && tcp.tls() ? TargetScheme.TLS : TargetScheme.TCP);
      case DNS -> List.of(TargetScheme.DNS);
      case GRPC -> List.of(TargetScheme.GRPC);
      case ICMP -> List.of(TargetScheme.ICMP);
      case UNIX -> List.of(TargetScheme.UNIX);
    };
  }

  /** Why none of them is possible; null if one is. */
  private @Nullable String objectionToAll(List<TargetScheme> schemes) {
    String last = null;
    for (TargetScheme scheme : schemes) {
      last = policy.objectionToAll(scheme);
      if (last == null) {
        return null;
      }
    }
    return last;
  }

  private void review(String block, HttpClientSpec client, boolean withoutProxy) {
    if (!withoutProxy) {
      proxy(block, client.proxy());
    }
    OAuth2Spec oauth2 = client.oauth2();
    if (oauth2 != null) {
      proxy(block + "oauth2.", oauth2.proxy());
      url(block + "oauth2.token_url", oauth2.tokenUrl(), false);
    }
  }

  private void proxy(String block, ProxySpec proxy) {
    if (!proxy.url().isEmpty()) {
      url(block + "proxy_url", proxy.url().reveal(), true);
    }
  }

  private void url(String key, String text, boolean isProxy) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException ignored) {
      return; // Whoever uses it says why it is no URL.
    }
    String host = uri.getHost();
    String protocol = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (host == null) {
      return;
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    Cidr literal = Cidr.parse(name);
    InetAddress address = literal == null ? null : literal.network();
    TargetScheme scheme = protocol.equals("https") ? TargetScheme.HTTPS : TargetScheme.HTTP;
    Remote remote =
        new Remote(
            isProxy ? TargetScheme.PROXY : scheme, name, address, port(uri.getPort(), protocol));
    String objection = literal == null ? policy.objectionToName(name) : policy.objection(remote);
    if (objection != null) {
      add(key, "the target policy forbids " + remote + ": " + objection);
    }
  }

  private static int port(int written, String protocol) {
    if (written >= 0) {
      return written;
    }
    return switch (protocol) {
      case "https" -> 443;
      case "socks5", "socks5h" -> 1_080;
      default -> 80;
    };
  }

  private void add(String key, String message) {
    String path = "modules." + module.name() + '.' + key;
    problems.add(
        new Problem("", 0, 0, module.name(), path, Problem.Severity.WARNING, message, HINT));
  }
}
