package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.IpPreference;
import io.sonde.config.ProbeSpec;
import io.sonde.config.TcpSpec;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpProberTest extends ProberContract {
  @Override
  protected ProbeSpec spec() {
    return TcpSpec.DEFAULT;
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return prober(network, spec);
  }

  @Override
  protected void isGood(Peer peer) {
    peer.staysSilent();
  }

  @Override
  protected List<Stage> stages() {
    return List.of();
  }

  @Test
  void anOpenPortPasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failed_due_to_bytes 0
            probe_failed_due_to_regex 0
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aClosedPortFails() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probing(end.address())
        .ends()
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failure_info{phase="connect",reason="refused"} 1
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aNameWithoutAddressFails() {
    probing(Network.UNKNOWN_NAME + ":80")
        .ends()
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failure_info{phase="resolve",reason="name_not_found"} 1
            probe_ip_addr_hash 0
            probe_ip_protocol 0
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "",
        "[::1]",
        "::1:80:",
        "::1",
        "[::1]80",
        "[::1:80",
        "[::1]]:80",
        "[[::1]:80",
        "127.0.0.1]:80",
        "host name"
      })
  void aTargetThatIsNotHostAndPortFailsBeforeResolution(String target) {
    Outcome outcome = probing(target).failsIn(SETUP, CONFIG).inPhases();
    outcome.exposes(
        """
        probe_duration_seconds *
        probe_failure_info{phase="setup",reason="config"} 1
        probe_success 0
        probe_timeout_seconds 25
        """);
    assertEquals(
        List.of("Error splitting target address and port", "Probe failed"),
        outcome.notes(Level.ERROR));
  }

  @ParameterizedTest
  @ValueSource(strings = {":80", "a\nb:80", "a\0b:80", "a b:80", "\u001b(31mred:80", "bücher:80"})
  void aHostThatNoNameServerCanKnowIsNotFound(String target) {
    probing(target).failsIn(RESOLVE, NAME_NOT_FOUND).shows(0, Metric.PROBE_IP_PROTOCOL);
    assertTrue(
        network.names().queries().stream().noneMatch(query -> query.contains("\n")),
        () -> network.names().queries().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"65536", "99999999999999999999", "-1", "+80", "", "80 ", "no-such-service", "8 0"})
  void aPortThatDoesNotExistFailsAfterResolution(String port) {
    probing("127.0.0.1:" + port)
        .failsIn(SETUP, CONFIG)
        .inPhases(RESOLVE)
        .shows(4, Metric.PROBE_IP_PROTOCOL)
        .hasNo(Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void anIp6TargetGoesInBrackets() {
    Peer peer = rig.closing(Peer.listeningAt("::1"));
    probing(peer).passes().shows(6, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void theOtherAddressFamilyIsNotUsedWithoutFallback() {
    TcpSpec onlyIp6 = with(new IpPreference("ip6", false), "");
    probing(onlyIp6, goodPeer().address())
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .shows(0, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void theConnectionComesFromTheConfiguredAddress() {
    Peer peer = goodPeer();
    probing(with(IpPreference.DEFAULT, "127.0.0.77"), peer.address()).passes();
    assertEquals("127.0.0.77", peer.connection(0).remoteAddress());
  }

  @Test
  void aSourceThatIsNoAddressFailsAfterResolution() {
    Outcome outcome =
        probing(with(IpPreference.DEFAULT, "localhost"), goodPeer().address())
            .failsIn(SETUP, CONFIG)
            .saying("source_ip_address")
            .shows(4, Metric.PROBE_IP_PROTOCOL)
            .hasNo(Metric.PROBE_FAILED_DUE_TO_REGEX);
    assertEquals(
        List.of("Error parsing source ip address", "Probe failed"), outcome.notes(Level.ERROR));
  }

  @Test
  void aSourceOfTheOtherFamilyFailsTheConnect() {
    probing(with(IpPreference.DEFAULT, "::1"), goodPeer().address()).failsIn(CONNECT, CONFIG);
  }

  @Test
  void whatThePeerSaysUnaskedDoesNotMatter() {
    probing(rig.closing(Peer.listening().sends("220 ready\r\n".repeat(10_000)))).passes();
  }

  @Test
  void theTrailTellsTheSteps() {
    assertEquals(
        List.of(
            "Beginning probe",
            "Resolving target address",
            "Resolved target address",
            "Dialing TCP without TLS",
            "Successfully dialed",
            "Probe succeeded"),
        probing(goodPeer()).passes().notes(Level.DEBUG));
    assertEquals(
        List.of("Error dialing TCP", "Probe failed"),
        probing(rig.closing(DeadEnd.refusing()).address()).ends().notes(Level.ERROR));
  }

  static Prober prober(Network network, ProbeSpec spec) {
    return new TcpProber(
        (TcpSpec) spec,
        network.addresses(),
        network.ports(),
        network.dialer(),
        network.tls(),
        network.searches());
  }

  private static TcpSpec with(IpPreference ip, String source) {
    return new TcpSpec(ip, source, List.of(), false, TlsSpec.DEFAULT);
  }
}
