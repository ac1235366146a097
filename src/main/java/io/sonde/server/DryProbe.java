package io.sonde.server;

import io.sonde.config.ProberKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A probe whose result nobody wants.
 *
 * @param name of its module
 * @param module the rest of it, as a configuration writes it
 * @param target what it probes
 */
record DryProbe(String name, String module, String target) {
  /** What is said to the daemon's own listener where a user's module would lead a dialogue. */
  private static final String DIALOGUE =
      """
      query_response: [{send: "GET /-/healthy HTTP/1.1\\r\\nHost: localhost\\r\\n\\r"}, \
      {expect: "^HTTP/1.1 (200)", send: "${1}"}]""";

  /** What is probed without encryption, where {@code port} answers HTTP. */
  static List<DryProbe> plain(Set<ProberKind> kinds, int port) {
    List<DryProbe> probes = new ArrayList<>();
    if (kinds.contains(ProberKind.HTTP)) {
      probes.add(new DryProbe("http", "prober: http", "http://127.0.0.1:" + port + "/-/healthy"));
    }
    if (kinds.contains(ProberKind.TCP)) {
      probes.add(new DryProbe("tcp", "prober: tcp, tcp: {" + DIALOGUE + "}", "127.0.0.1:" + port));
    }
    if (kinds.contains(ProberKind.UNIX)) {
      // Nobody listens there; by then most is loaded.
      probes.add(new DryProbe("unix", "prober: unix, unix: {" + DIALOGUE + "}", "@sonde/" + port));
    }
    return probes;
  }

  /** What is probed with TLS, where {@code port} shows a certificate that the authority signed. */
  static List<DryProbe> encrypted(Set<ProberKind> kinds, int port, String authorityPem) {
    String trust = trust(authorityPem);
    List<DryProbe> probes = new ArrayList<>();
    if (kinds.contains(ProberKind.HTTP)) {
      String module = "prober: http, http: {" + trust + "}";
      probes.add(new DryProbe("https", module, "https://127.0.0.1:" + port));
    }
    if (kinds.contains(ProberKind.TCP)) {
      String module = "prober: tcp, tcp: {tls: true, " + trust + "}";
      probes.add(new DryProbe("tls", module, "127.0.0.1:" + port));
    }
    if (kinds.contains(ProberKind.WEBSOCKET)) {
      // What would be sent is empty: the peer has left by then.
      String module =
          "prober: websocket, websocket: {http_config: {"
              + trust
              + "}, query_response: [{expect: \"^ok()$\", send: \"${1}\"}]}";
      probes.add(new DryProbe("wss", module, "wss://127.0.0.1:" + port));
    }
    if (kinds.contains(ProberKind.GRPC)) {
      String module = "prober: grpc, grpc: {tls: true, " + trust + "}";
      probes.add(new DryProbe("grpc", module, "127.0.0.1:" + port));
    }
    return probes;
  }

  /** What is asked over UDP, where {@code port} answers questions. */
  static List<DryProbe> overUdp(int port) {
    String module =
        "prober: dns, dns: {query_name: localhost, query_type: A, "
            + "validate_answer_rrs: {fail_if_none_matches_regexp: [192.0.2.1]}}";
    return List.of(new DryProbe("dns", module, "127.0.0.1:" + port));
  }

  /** What is probed over QUIC. */
  static List<DryProbe> overQuic(int port, String authorityPem) {
    String module =
        "prober: http, http: {enable_http2: false, enable_http3: true, "
            + trust(authorityPem)
            + "}";
    return List.of(new DryProbe("http3", module, "https://127.0.0.1:" + port));
  }

  private static String trust(String authorityPem) {
    return "tls_config: {ca: \"" + authorityPem.replace("\n", "\\n") + "\"}";
  }

  /** A line of a configuration. */
  String line() {
    return "  " + name + ": {timeout: 1s, " + module + "}\n";
  }

  /** What asks for it. */
  String path() {
    return "/probe?module=" + name + "&target=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
  }
}
