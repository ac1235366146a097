package io.sonde.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.exposition.GoQuote;
import io.sonde.testkit.HostilePeers;
import io.sonde.testkit.ParrotPeer;
import io.sonde.testkit.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What peers and targets write does nothing to the terminal that shows it. */
class HostileTextTest {
  @TempDir Path directory;

  private final Terminal terminal = Terminal.plain();
  private String file = "";

  @BeforeEach
  void writeModules() throws IOException {
    String modules =
        """
        modules:
          http: {prober: http, http: {follow_redirects: false}}
          tcp: {prober: tcp, timeout: 1s, tcp: {query_response: [{expect: ^220}, {expect: never}]}}
          tls: {prober: tcp, tcp: {tls: true}}
          dns:
            prober: dns
            dns:
              query_name: example.com
              query_type: TXT
              transport_protocol: tcp
              validate_answer_rrs: {fail_if_not_matches_regexp: [never]}
          grpc: {prober: grpc, grpc: {}}
          unix: {prober: unix}
        """;
    file = Files.writeString(directory.resolve("modules.yml"), modules).toString();
  }

  @Test
  void peersDoNothingToTheTerminal() throws IOException {
    try (ParrotPeer http = HostilePeers.http();
        ParrotPeer banner = HostilePeers.banner();
        ParrotPeer dns = HostilePeers.dns();
        ParrotPeer grpc = HostilePeers.grpc();
        TlsServer tls = HostilePeers.certificate()) {
      shows("http", "http://" + http.address() + "/");
      shows("tcp", banner.address());
      shows("tls", tls.address());
      shows("dns", dns.address());
      shows("grpc", grpc.address());
    }
  }

  @Test
  void targetsAndModulesDoNothingToTheTerminal() {
    shows("http", "http://127.0.0.1:1/" + HostilePeers.LINES);
    shows("unix", HostilePeers.LINES);
    shows(HostilePeers.LINES, "target");
  }

  private void shows(String module, String target) {
    for (String form : new String[] {"--debug", "--json"}) {
      terminal.runs("probe", "--config.file=" + file, form, module, target);
      String shown = terminal.output() + terminal.errors();
      assertFalse(shown.isEmpty(), module);
      assertTrue(
          shown.codePoints().allMatch(c -> c == '\n' || GoQuote.isPrintable(c)),
          () -> module + ": " + shown);
      assertTrue(
          shown
              .lines()
              .noneMatch(line -> line.startsWith("time=2026") || line.startsWith("{\"msg")),
          () -> module + ": " + shown);
    }
  }
}
