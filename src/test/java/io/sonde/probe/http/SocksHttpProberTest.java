package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
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
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.RelayingProxy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is demanded of every prober, with a SOCKS proxy on the way to http servers. */
class SocksHttpProberTest extends ProberContract {
  private final RelayingProxy proxy = RelayingProxy.of("user", "geheim");

  @Override
  protected ProbeSpec spec() {
    return http().proxy("socks5://user:geheim@" + proxy.address()).spec();
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return HttpClaims.prober(network, (HttpSpec) spec);
  }

  @Override
  protected void isGood(Peer peer) {
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(PROCESSING, peer -> peer.readsUntil(END_OF_HEAD)),
        Stage.in(
            TRANSFER,
            peer ->
                peer.readsUntil(END_OF_HEAD)
                    .sends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")));
  }

  @AfterAll
  void closeProxy() {
    proxy.close();
  }

  @Test
  void theDialogueWithTheProxyIsAPhase() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROXY, PROCESSING, TRANSFER, CHECK)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "tls");
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
