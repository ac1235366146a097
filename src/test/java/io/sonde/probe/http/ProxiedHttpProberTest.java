package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;

import io.sonde.config.HttpSpec;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.RelayingProxy;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is demanded of every prober, with an HTTP proxy on the way to https servers. */
class ProxiedHttpProberTest extends ProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  private final RelayingProxy proxy = RelayingProxy.open();

  @Override
  protected ProbeSpec spec() {
    return http().trusting(ROOT.pem()).proxy("http://" + proxy.address()).spec();
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return HttpClaims.prober(network, (HttpSpec) spec);
  }

  @Override
  protected String target(String address) {
    return "https://" + address + "/";
  }

  @Override
  protected Duration timeToReachStages() {
    // Two more threads per connection, and TLS by the JDK at the far end.
    return Duration.ofSeconds(1);
  }

  @Override
  protected void isGood(Peer peer) {
    HttpPeer.answers(peer.startsTls(SERVER.jdkContext()), HttpPeer.ok("hello"));
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(TLS, peer -> peer.reads(1)),
        Stage.in(PROCESSING, peer -> peer.startsTls(SERVER.jdkContext()).readsUntil(END_OF_HEAD)),
        Stage.in(
            TRANSFER,
            peer ->
                peer.startsTls(SERVER.jdkContext())
                    .readsUntil(END_OF_HEAD)
                    .sends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")));
  }

  @AfterAll
  void closeProxy() {
    proxy.close();
  }

  @Test
  void everyPhaseIsThere() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROXY, TLS, PROCESSING, TRANSFER, CHECK)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_TLS_VERSION_INFO)
        .shows(1, Metric.PROBE_HTTP_SSL);
  }

  @Override
  protected void aRefusedConnectionIsAConnectFailure() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    probing(end.address()).failsIn(PROXY, Reason.PROXY).inPhases(RESOLVE, CONNECT, PROXY);
  }

  @Override
  protected void aConnectionThatIsNeverAcceptedIsALateConnect() {
    DeadEnd end = rig.closing(DeadEnd.blackHole());
    probing(end.address())
        .within(SOON)
        .failsIn(PROXY, TIMEOUT)
        .lastedAtLeast(SOON)
        .inPhases(RESOLVE, CONNECT, PROXY);
  }

  @Override
  protected void theCallerMayLeaveDuringTheConnect() {
    DeadEnd end = rig.closing(DeadEnd.blackHole());
    probing(end.address()).starts().reaches(PROXY).isAbandoned().ends().wasAbandoned();
  }
}
