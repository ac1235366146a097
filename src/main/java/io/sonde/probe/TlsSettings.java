package io.sonde.probe;

import io.sonde.config.DnsSpec;
import io.sonde.config.GrpcSpec;
import io.sonde.config.HttpClientSpec;
import io.sonde.config.HttpSpec;
import io.sonde.config.OAuth2Spec;
import io.sonde.config.ProbeSpec;
import io.sonde.config.QueryResponse;
import io.sonde.config.TcpSpec;
import io.sonde.config.TlsSpec;
import io.sonde.config.UnixSpec;
import io.sonde.config.WebsocketSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the TLS settings of a prober stand. */
final class TlsSettings {
  private static final String KEY = "tls_config";

  private TlsSettings() {}

  /** Those that are used, by the path of their block below that of the prober. */
  static Map<String, TlsSpec> of(ProbeSpec spec) {
    if (spec instanceof HttpSpec http) {
      return of("", http.client());
    }
    if (spec instanceof WebsocketSpec websocket) {
      return of("http_config.", websocket.http());
    }
    if (spec instanceof TcpSpec tcp) {
      return of(tcp.tls() || upgrades(tcp.queryResponse()), tcp.tlsConfig());
    }
    if (spec instanceof UnixSpec unix) {
      return of(unix.tls() || upgrades(unix.queryResponse()), unix.tlsConfig());
    }
    if (spec instanceof DnsSpec dns) {
      return of(dns.dnsOverTls(), dns.tlsConfig());
    }
    if (spec instanceof GrpcSpec grpc) {
      return of(grpc.tls(), grpc.tlsConfig());
    }
    return Map.of();
  }

  private static Map<String, TlsSpec> of(boolean used, TlsSpec settings) {
    return used ? Map.of(KEY, settings) : Map.of();
  }

  private static boolean upgrades(List<QueryResponse> dialogue) {
    return dialogue.stream().anyMatch(QueryResponse::startTls);
  }

  private static Map<String, TlsSpec> of(String prefix, HttpClientSpec client) {
    Map<String, TlsSpec> all = new LinkedHashMap<>();
    all.put(prefix + KEY, client.tls());
    OAuth2Spec oauth2 = client.oauth2();
    if (oauth2 != null) {
      all.put(prefix + "oauth2." + KEY, oauth2.tls());
    }
    return all;
  }
}
