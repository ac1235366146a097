package io.sonde.probe.http;

import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.http.HttpSpecs.http;

import io.sonde.config.ProbeSpec;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;

class TlsHttpProberTest extends HttpProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  @Override
  protected ProbeSpec spec() {
    return http().trusting(ROOT.pem()).spec();
  }

  @Override
  protected String target(String address) {
    return "https://" + address + "/";
  }

  @Override
  Peer opens(Peer peer) {
    return peer.startsTls(SERVER.jdkContext());
  }

  @Override
  protected Duration timeToReachStages() {
    return Duration.ofMillis(750); // There is a handshake before most of them.
  }

  @Override
  List<Stage> opening() {
    return List.of(Stage.in(TLS, peer -> peer.reads(1)));
  }
}
