package io.sonde.probe.http;

import static io.sonde.probe.http.HttpSpecs.http;

import io.sonde.testkit.Http3Exchange;
import io.sonde.testkit.Http3Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Probing;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.util.function.Consumer;

/** What tests of probes over HTTP/3 have in common. */
abstract class Http3Claims extends HttpClaims {
  static final TestCa ROOT = TestCa.root("Test Root");
  static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  /** A module that trusts the servers of these tests. */
  static HttpSpecs http3() {
    return http().http3().trusting(ROOT.pem());
  }

  Probing probing(Http3Peer peer) {
    return probing(http3(), peer);
  }

  Probing probing(HttpSpecs specs, Http3Peer peer) {
    return probingAt(specs, peer.address());
  }

  Probing probingAt(HttpSpecs specs, String address) {
    return probing(specs.spec(), "https://" + address + "/");
  }

  /** A server that does with each request what the script says. */
  Http3Peer answering(Consumer<Http3Exchange> script) {
    return starting(Http3Peer.with(SERVER).answering(script));
  }

  Http3Peer starting(Http3Peer.Settings settings) {
    return rig.closing(settings.start());
  }
}
