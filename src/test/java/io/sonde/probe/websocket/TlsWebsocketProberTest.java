package io.sonde.probe.websocket;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static io.sonde.testkit.WebsocketPeer.accepts;

import io.sonde.config.ProbeSpec;
import io.sonde.config.WebsocketSpec;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsWebsocketProberTest extends ProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  @Override
  protected ProbeSpec spec() {
    return spec("ca: |\n" + ROOT.pem().indent(2));
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return WebsocketClaims.prober(network, (WebsocketSpec) spec, BodyMemory.ofHeap());
  }

  @Override
  protected String target(String address) {
    return "wss://" + address + "/";
  }

  @Override
  protected void isGood(Peer peer) {
    WebsocketProberTest.leadsDialogue(accepts(startsTls(peer)));
  }

  @Override
  protected Duration timeToReachStages() {
    return Duration.ofSeconds(1); // There is a handshake before most of them.
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(TLS, peer -> peer.reads(1)),
        Stage.in(PROCESSING, peer -> startsTls(peer).readsUntil(END_OF_HEAD)),
        Stage.in(TRANSFER, peer -> accepts(startsTls(peer))));
  }

  @Test
  void whatTlsTellsIsInNoMetric() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, TLS, PROCESSING, TRANSFER)
        .hasNo(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            Metric.PROBE_TLS_VERSION_INFO,
            Metric.PROBE_TLS_CIPHER_INFO);
  }

  @Test
  void aCertificateOfAnybodyIsNotTrusted() {
    probing(WebsocketSpec.DEFAULT, goodPeer().address())
        .failsIn(TLS, Reason.CERT_UNTRUSTED)
        .shows(0, Metric.PROBE_WEBSOCKET_STATUS_CODE);
    probing(spec("insecure_skip_verify: true"), goodPeer().address()).passes();
  }

  @Test
  void theNameToVerifyCanBeSet() {
    String trust = "ca: |\n" + ROOT.pem().indent(2);
    probing(spec(trust + "server_name: other.example"), goodPeer().address())
        .failsIn(TLS, Reason.CERT_NAME);
    probing(spec(trust + "server_name: " + Network.GOOD_NAME), goodPeer().address()).passes();
  }

  @Test
  void settingsThatCannotWorkFailFirstEvenWithoutTls() {
    WebsocketSpec spec = (WebsocketSpec) spec("ca_file: /nowhere/ca.pem");
    probing(spec, "127.0.0.1:1")
        .failsIn(SETUP, Reason.CONFIG)
        .inPhases()
        .hasNo(Metric.PROBE_IP_PROTOCOL, Metric.PROBE_WEBSOCKET_DURATION_SECONDS)
        .shows(0, Metric.PROBE_WEBSOCKET_CONNECTION_UPGRADED);
  }

  private static Peer startsTls(Peer peer) {
    return peer.startsTls(SERVER.jdkContext());
  }

  private static ProbeSpec spec(String tls) {
    return WebsocketClaims.spec(
        WebsocketProberTest.DIALOGUE + "\nhttp_config:\n  tls_config:\n" + tls.indent(4));
  }
}
