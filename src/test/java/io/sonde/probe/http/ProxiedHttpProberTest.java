package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.PROXY;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.http.HttpSpecs.http;

import io.sonde.config.ProbeSpec;
import io.sonde.probe.Metric;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.RelayingProxy;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is demanded of every prober, with an HTTP proxy on the way to https servers. */
class ProxiedHttpProberTest extends ProxiedProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  ProxiedHttpProberTest() {
    super(RelayingProxy.open());
  }

  @Override
  protected ProbeSpec spec() {
    return http().trusting(ROOT.pem()).proxy("http://" + proxy().address()).spec();
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
  Peer opens(Peer peer) {
    return peer.startsTls(SERVER.jdkContext());
  }

  @Override
  List<Stage> opening() {
    return List.of(Stage.in(TLS, peer -> peer.reads(1)));
  }

  @Test
  void everyPhaseIsThere() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, PROXY, TLS, PROCESSING, TRANSFER, CHECK)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_TLS_VERSION_INFO)
        .shows(1, Metric.PROBE_HTTP_SSL);
  }
}
