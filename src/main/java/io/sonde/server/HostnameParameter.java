package io.sonde.server;

import io.sonde.config.HttpSpec;
import io.sonde.config.ModuleConfig;
import io.sonde.config.ProberKind;
import io.sonde.config.TcpSpec;
import io.sonde.probe.ProbeRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parameter {@code hostname} of a probe means to a module. */
public final class HostnameParameter {
  private HostnameParameter() {}

  /**
   * Why the parameter cannot be used with the module, or null. An http module may name the host
   * itself, and must then name the same.
   *
   * @param hostname empty if there is no such parameter
   */
  public static @Nullable String conflict(ModuleConfig module, String hostname) {
    if (hostname.isEmpty() || module.prober() != ProberKind.HTTP) {
      return null;
    }
    for (Map.Entry<String, String> header : module.http().headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase("host") && !header.getValue().equals(hostname)) {
        return "host header defined both in module configuration ("
            + header.getValue()
            + ") and with URL-parameter 'hostname' ("
            + hostname
            + ")";
      }
    }
    return null;
  }

  /** The module as it was in force for one probe. */
  public static ModuleConfig apply(ProbeRequest request) {
    ModuleConfig module = request.module();
    String hostname = request.hostname();
    if (hostname == null) {
      return module;
    }
    if (module.prober() == ProberKind.HTTP) {
      HttpSpec http = module.http();
      Map<String, String> headers = new LinkedHashMap<>(http.headers());
      headers.keySet().removeIf(name -> name.equalsIgnoreCase("host"));
      headers.put("Host", hostname);
      return module.withHttp(http.withHeaders(headers));
    }
    if (module.prober() == ProberKind.TCP && module.tcp().tlsConfig().serverName().isEmpty()) {
      TcpSpec tcp = module.tcp();
      return module.withTcp(tcp.withTlsConfig(tcp.tlsConfig().withServerName(hostname)));
    }
    return module;
  }
}
