package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;

import io.sonde.config.HttpSpec;
import io.sonde.config.ProbeSpec;
import io.sonde.probe.Prober;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;

class TlsHttpProberTest extends ProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  @Override
  protected ProbeSpec spec() {
    return http().trusting(ROOT.pem()).spec();
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
  protected void isGood(Peer peer) {
    HttpPeer.answers(peer.startsTls(SERVER.jdkContext()), HttpPeer.ok("hello"));
  }

  @Override
  protected Duration timeToReachStages() {
    return Duration.ofMillis(750); // There is a handshake before most of them.
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
}
