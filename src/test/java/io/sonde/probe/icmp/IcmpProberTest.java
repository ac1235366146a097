package io.sonde.probe.icmp;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.IcmpSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.ProbeSpec;
import io.sonde.net.icmp.ScriptedSockets;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Probing;
import io.sonde.testkit.ResolvingContract;
import io.sonde.testkit.TcpCarrier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Echo requests go to a TCP peer here, by one connection each; see {@code KernelTest} for ICMP. */
class IcmpProberTest extends ResolvingContract {
  private static final int HEADER_BYTES = 8;
  private static final int TEXT_BYTES = 28;
  private static final IpPreference IP4 = new IpPreference("ip4", true);

  private volatile int port;

  @Override
  protected ProbeSpec spec() {
    return spec(0);
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    TcpCarrier carrier = rig.closing(new TcpCarrier(() -> port));
    return new IcmpProber(
        (IcmpSpec) spec,
        network.addresses(),
        ScriptedSockets.carriedBy(network.work(), carrier::carry));
  }

  @Override
  protected void isGood(Peer peer) {
    echoes(peer, TEXT_BYTES);
  }

  /** No peer of a ping has a connection to break off: silence is claimed below. */
  @Override
  protected List<Stage> stages() {
    return List.of();
  }

  /** Without the port, which is kept for the carrier. */
  @Override
  protected String target(String address) {
    int colon = address.lastIndexOf(':');
    port = Integer.parseInt(address.substring(colon + 1));
    return address.substring(0, colon);
  }

  @Test
  void aReplyPasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, SETUP, PROCESSING)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_icmp_duration_seconds{phase="resolve"} *
            probe_icmp_duration_seconds{phase="rtt"} *
            probe_icmp_duration_seconds{phase="setup"} *
            probe_icmp_reply_hop_limit 61
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aSilentTargetIsLate() {
    Peer peer = rig.closing(Peer.listening().staysSilent());
    probing(peer)
        .within(SOON)
        .failsIn(PROCESSING, TIMEOUT)
        .lastedAtLeast(SOON)
        .inPhases(RESOLVE, SETUP, PROCESSING)
        .shows(0, Metric.PROBE_ICMP_DURATION_SECONDS, "rtt")
        .hasNo(Metric.PROBE_ICMP_REPLY_HOP_LIMIT);
  }

  @Test
  void theCallerMayLeaveWhileTheTargetIsSilent() {
    Peer peer = rig.closing(Peer.listening().staysSilent());
    probing(peer).starts().reaches(PROCESSING).isAbandoned().ends().wasAbandoned();
  }

  @Test
  void aNameThatIsNotFoundShowsNoTimes() {
    probing(Network.UNKNOWN_NAME + ":0")
        .failsIn(RESOLVE, NAME_NOT_FOUND)
        .shows(0, Metric.PROBE_ICMP_DURATION_SECONDS, "resolve")
        .shows(0, Metric.PROBE_ICMP_DURATION_SECONDS, "setup")
        .shows(0, Metric.PROBE_ICMP_DURATION_SECONDS, "rtt")
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failure_info{phase="resolve",reason="name_not_found"} 1
            probe_icmp_duration_seconds{phase="resolve"} *
            probe_icmp_duration_seconds{phase="rtt"} *
            probe_icmp_duration_seconds{phase="setup"} *
            probe_ip_addr_hash 0
            probe_ip_protocol 0
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aPortOrBracketsMakeNoTarget() {
    probing("127.0.0.1:80:0").failsIn(RESOLVE, NAME_NOT_FOUND);
    probing("[::1]:0").failsIn(RESOLVE, NAME_NOT_FOUND);
  }

  @Test
  void theRequestIsATextUnlessASizeIsGiven() {
    assertEquals("Prometheus Blackbox Exporter", text(payload(0)));
    assertEquals("P", text(payload(1)));
    assertArrayEquals(
        Arrays.copyOf("Prometheus Blackbox Exporter".getBytes(StandardCharsets.US_ASCII), 1_000),
        payload(1_000));
  }

  @Test
  void aNegativeSizeIsAMistake() {
    probing(spec(-1), "127.0.0.1:0")
        .failsIn(SETUP, CONFIG)
        .saying("payload_size: expected 0 or more, got -1")
        .inPhases(RESOLVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "::1", "10.0.0.1/8"})
  void theSourceMustBeAnAddressOfTheTargetsFamily(String source) {
    probing(new IcmpSpec(IP4, source, 0, false, 64), "127.0.0.1:0")
        .failsIn(SETUP, CONFIG)
        .saying("source_ip_address: expected")
        .shows(0, Metric.PROBE_ICMP_DURATION_SECONDS, "setup");
  }

  private Probing probing(IcmpSpec spec, String address) {
    return super.probing((ProbeSpec) spec, address);
  }

  private static IcmpSpec spec(int payloadSize) {
    return new IcmpSpec(IP4, "", payloadSize, false, IcmpSpec.DEFAULT_TTL);
  }

  private byte[] payload(int size) {
    Peer peer = rig.closing(Peer.listening());
    byte[][] seen = new byte[1][];
    peer.does(
        conversation -> {
          byte[] request = conversation.take(HEADER_BYTES + (size == 0 ? TEXT_BYTES : size));
          seen[0] = Arrays.copyOfRange(request, HEADER_BYTES, request.length);
          conversation.write(reply(request));
        });
    probing(spec(size), peer.address()).passes();
    return seen[0];
  }

  private static void echoes(Peer peer, int bytes) {
    peer.does(conversation -> conversation.write(reply(conversation.take(HEADER_BYTES + bytes))));
  }

  private static byte[] reply(byte[] request) {
    request[0] = 0;
    return request;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
