package io.sonde.probe.websocket;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static io.sonde.testkit.WebsocketPeer.accepts;
import static io.sonde.testkit.WebsocketPeer.readsFrame;
import static io.sonde.testkit.WebsocketPeer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.ModuleConfig;
import io.sonde.config.ProbeSpec;
import io.sonde.config.WebsocketSpec;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.Probing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebsocketProberTest extends ProberContract {
  static final String DIALOGUE =
      "query_response: [{expect: '^ready (.*)', send: 'I am $1'}, {expect: '^bye$'}]";

  @Override
  protected ProbeSpec spec() {
    return WebsocketClaims.spec(DIALOGUE);
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return WebsocketClaims.prober(network, (WebsocketSpec) spec, BodyMemory.ofHeap());
  }

  @Override
  protected String target(String address) {
    return "ws://" + address + "/chat";
  }

  @Override
  protected void isGood(Peer peer) {
    leadsDialogue(accepts(peer));
  }

  static Peer leadsDialogue(Peer peer) {
    return readsFrame(peer.sends(text("ready player"))).sends(text("bye")).staysSilent();
  }

  @Override
  protected Duration timeToReachStages() {
    return Duration.ofMillis(750); // The peer has to answer before most of them.
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(PROCESSING, peer -> peer.readsUntil(END_OF_HEAD)),
        Stage.in(TRANSFER, peer -> peer.readsUntil(END_OF_HEAD).sends("HTTP/1.1 101 Ok\r\nA: b")),
        Stage.in(TRANSFER, peer -> accepts(peer)),
        Stage.in(TRANSFER, peer -> readsFrame(accepts(peer).sends(text("ready x")))));
  }

  @Test
  void aDialoguePasses() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROCESSING, TRANSFER)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            probe_websocket_connection_upgraded 1
            probe_websocket_duration_seconds{phase="connect"} *
            probe_websocket_duration_seconds{phase="processing"} *
            probe_websocket_duration_seconds{phase="resolve"} *
            probe_websocket_duration_seconds{phase="transfer"} *
            probe_websocket_failed_due_to_regex 0
            probe_websocket_status_code 101
            """);
  }

  @Test
  void anUpgradeAloneHasNoTransfer() {
    Peer peer = rig.closing(accepts(Peer.listening()).staysSilent());
    probing(WebsocketSpec.DEFAULT, peer.address())
        .passes()
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_success 1
            probe_timeout_seconds 25
            probe_websocket_connection_upgraded 1
            probe_websocket_duration_seconds{phase="connect"} *
            probe_websocket_duration_seconds{phase="processing"} *
            probe_websocket_duration_seconds{phase="resolve"} *
            probe_websocket_failed_due_to_regex 0
            probe_websocket_status_code 101
            """);
  }

  @Test
  void aRefusedConnectionShowsItsTimeAsProcessing() {
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
            probe_websocket_connection_upgraded 0
            probe_websocket_duration_seconds{phase="processing"} *
            probe_websocket_duration_seconds{phase="resolve"} *
            probe_websocket_failed_due_to_regex 0
            probe_websocket_status_code 0
            """);
  }

  @Test
  void aNameWithoutAddressHasNoDurations() {
    probing(Network.UNKNOWN_NAME)
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
            probe_websocket_connection_upgraded 0
            probe_websocket_failed_due_to_regex 0
            probe_websocket_status_code 0
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:80", "ws://a b/", "ws://[::1/", "/chat", "", "ws://x/\r\nA: b"})
  void aTargetThatIsNoUrlFailsBeforeResolution(String target) {
    probingTarget(target)
        .failsIn(SETUP, CONFIG)
        .inPhases()
        .exposes(
            """
            probe_duration_seconds *
            probe_failure_info{phase="setup",reason="config"} 1
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void aTargetWithoutASchemeNamesNoHost() {
    probingTarget("good.example:80").failsIn(RESOLVE, NAME_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https://", "ws://user:password@", "ftp://"})
  void aTargetThatIsNoWebsocketFailsAfterResolution(String beginning) {
    probingTarget(beginning + "127.0.0.1:1/")
        .failsIn(SETUP, CONFIG)
        .inPhases(RESOLVE)
        .shows(4, Metric.PROBE_IP_PROTOCOL)
        .shows(0, Metric.PROBE_WEBSOCKET_DURATION_SECONDS, "processing");
  }

  @Test
  void theSchemeMayBeWrittenInAnyCase() {
    Peer peer = goodPeer();
    probingTarget("WS://" + peer.address()).passes();
  }

  @Test
  void anIp6TargetGoesInBrackets() {
    Peer peer = rig.closing(Peer.listeningAt("::1"));
    isGood(peer);
    probing(peer).passes().shows(6, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void theTrailTellsTheSteps() {
    assertEquals(
        List.of(
            "Beginning probe",
            "Resolving target address",
            "Resolved target address",
            "The connection was upgraded",
            "Processing query response entry",
            "Regexp matched",
            "Sending message",
            "Processing query response entry",
            "Regexp matched",
            "Probe succeeded"),
        probing(goodPeer()).passes().notes(Level.DEBUG));
    assertEquals(
        List.of("Error dialing websocket", "Probe failed"),
        probing(rig.closing(DeadEnd.refusing()).address()).ends().notes(Level.ERROR));
  }

  private Probing probingTarget(String target) {
    ModuleConfig module = ModuleConfig.of("test", Duration.ZERO, spec());
    return rig.probing(bind(spec()), module).at(target);
  }
}
