package io.sonde.probe.dns;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CONFIG;

import io.sonde.config.ProbeSpec;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Metric;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DNS over TLS (RFC 7858). */
class DnsTlsProberTest extends DnsClaims {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  private static final TlsSpec TRUSTING =
      new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, null, null);

  @Override
  protected ProbeSpec spec() {
    return DnsSpecs.over("tcp").withTls(TRUSTING).spec();
  }

  @Override
  protected void isGood(Peer peer) {
    peer.startsTls(SERVER.jdkContext());
    super.isGood(peer);
  }

  @Override
  protected Duration timeToReachStages() {
    return Duration.ofMillis(750); // There is a handshake before most of them.
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(TLS, peer -> peer.reads(1)),
        Stage.in(PROCESSING, peer -> peer.startsTls(SERVER.jdkContext()).does(DnsClaims::query)));
  }

  @Test
  void anAnswerPassesAndNoCertificateIsExposed() {
    probing(goodPeer())
        .passes()
        .inPhases(RESOLVE, CONNECT, TLS, PROCESSING, CHECK)
        .hasNo(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            Metric.PROBE_TLS_VERSION_INFO);
  }

  @Test
  void aCertificateForAnotherNameFails() {
    Peer peer = rig.closing(Peer.listening());
    peer.startsTls(ROOT.issue("CN=other").dns("other.example").issue().jdkContext());
    probing(peer).failsIn(TLS, CERT_NAME);
  }

  @Test
  void overDatagramsItCannotWork() {
    Peer peer = goodPeer();
    probing(DnsSpecs.over("udp").withTls(TRUSTING).spec(), peer.address())
        .failsIn(SETUP, CONFIG)
        .inPhases(RESOLVE)
        .shows(4, Metric.PROBE_IP_PROTOCOL)
        .saying("dns_over_tls: expected transport_protocol tcp");
  }
}
