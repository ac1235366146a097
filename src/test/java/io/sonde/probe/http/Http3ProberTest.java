package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Metric;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.Http3Exchange;
import io.sonde.testkit.Http3Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Running;
import io.sonde.testkit.UdpPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is demanded of every prober that connects, of the one that does so over QUIC. */
class Http3ProberTest extends Http3Claims {
  private static final Duration SOON = Duration.ofMillis(150);
  private static final int MANY = 20;

  @Test
  void anAnswerPasses() {
    probing(answering(exchange -> exchange.answers(200, "hello", "content-length", "5")))
        .passes()
        .inPhases(RESOLVE, TLS, PROCESSING, TRANSFER, CHECK)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failed_due_to_regex 0
            probe_http_content_length 5
            probe_http_duration_seconds{phase="connect"} *
            probe_http_duration_seconds{phase="processing"} *
            probe_http_duration_seconds{phase="resolve"} *
            probe_http_duration_seconds{phase="tls"} *
            probe_http_duration_seconds{phase="transfer"} *
            probe_http_redirects 0
            probe_http_ssl 1
            probe_http_status_code 200
            probe_http_uncompressed_body_length 5
            probe_http_version 3
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_ssl_earliest_cert_expiry *
            probe_ssl_last_chain_expiry_timestamp_seconds *
            probe_ssl_last_chain_info{fingerprint_sha256="*",issuer="CN=Test Root",serialnumber="*",subject="CN=good.example",subjectalternative="good.example"} 1
            probe_success 1
            probe_timeout_seconds 25
            probe_tls_cipher_info{cipher="TLS_AES_128_GCM_SHA256"} 1
            probe_tls_version_info{version="TLS 1.3"} 1
            """);
  }

  @Test
  void aRefusedConnectionIsAConnectFailure() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probingAt(http3(), end.address()).failsIn(CONNECT, REFUSED).inPhases(RESOLVE, CONNECT);
  }

  @Test
  void aSilentPeerIsALateConnect() {
    UdpPeer peer = rig.closing(UdpPeer.silent());
    probingAt(http3(), peer.address())
        .within(SOON)
        .failsIn(CONNECT, TIMEOUT)
        .lastedAtLeast(SOON)
        .inPhases(RESOLVE, CONNECT);
  }

  @Test
  void theCallerMayLeaveWhileNobodyAnswers() {
    UdpPeer peer = rig.closing(UdpPeer.silent());
    probingAt(http3(), peer.address())
        .starts()
        .reaches(CONNECT)
        .isAbandoned()
        .ends()
        .wasAbandoned();
  }

  @Test
  void theCallerMayLeaveWhileThePeerThinks() {
    Http3Peer peer = answering(exchange -> {});
    probing(peer).starts().reaches(PROCESSING).isAbandoned().ends().wasAbandoned();
    peer.awaitConnectionEnd();
  }

  @Test
  void theCallerMayLeaveInTheMiddleOfTheAnswer() {
    Http3Peer peer = answering(exchange -> exchange.head(200).data("hel"));
    probing(peer).starts().reaches(TRANSFER).isAbandoned().ends().wasAbandoned();
    peer.awaitConnectionEnd();
  }

  @Test
  void aPeerThatFallsSilentMakesThePhaseLate() {
    probing(answering(exchange -> {})).within(SOON.multipliedBy(4)).failsIn(PROCESSING, TIMEOUT);
    probing(answering(exchange -> exchange.head(200)))
        .within(SOON.multipliedBy(4))
        .failsIn(TRANSFER, TIMEOUT);
  }

  @Test
  void manyProbesAtOncePass() {
    Http3Peer peer = answering(exchange -> exchange.answers(200, "hello"));
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(probing(peer).starts());
    }
    all.forEach(running -> running.ends().passed());
    assertEquals(MANY, peer.connections());
  }

  @Test
  void aGoodPeerPassesWhenItIsFoundByName() {
    Http3Peer peer = starting(Http3Peer.with(SERVER).notingNames());
    probingAt(http3(), Network.GOOD_NAME + ":" + peer.port())
        .passes()
        .shows(4, Metric.PROBE_IP_PROTOCOL);
    assertEquals(Network.GOOD_NAME, peer.nextServerName());
    Http3Exchange request = peer.nextRequest();
    assertEquals(Network.GOOD_NAME + ":" + peer.port(), request.value(":authority"));
  }
}
