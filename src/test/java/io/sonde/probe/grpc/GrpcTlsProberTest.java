package io.sonde.probe.grpc;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_EXPIRED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;

import io.sonde.config.GrpcSpec;
import io.sonde.config.IpPreference;
import io.sonde.config.ProbeSpec;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class GrpcTlsProberTest extends ProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();
  private static final TlsSpec TRUSTING =
      new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, null, null);

  private final SSLContext server = SERVER.jdkContext();

  @Override
  protected ProbeSpec spec() {
    return new GrpcSpec("", true, TRUSTING, IpPreference.DEFAULT, Map.of());
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return GrpcProberTest.bind(spec, network);
  }

  @Override
  protected void isGood(Peer peer) {
    Http2Peer.reads(peer, server).sends(GrpcProberTest.serving(1));
  }

  @Override
  protected Duration timeToReachStages() {
    return Duration.ofMillis(750); // There is a handshake before most of them.
  }

  @Override
  protected List<Stage> stages() {
    return List.of(
        Stage.in(TLS, peer -> peer.reads(1)),
        Stage.in(PROCESSING, peer -> Http2Peer.reads(peer, server)));
  }

  @Test
  void aServiceBehindTlsPassesAndShowsItsCertificate() {
    probing(goodPeer())
        .passes()
        .shows(1, Metric.PROBE_GRPC_SSL)
        .has(
            Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY,
            Metric.PROBE_SSL_LAST_CHAIN_INFO,
            Metric.PROBE_TLS_VERSION_INFO)
        .hasNo(Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS, Metric.PROBE_TLS_CIPHER_INFO);
  }

  @Test
  void aCallThatEndsBadlyShowsTheCertificateAsWell() {
    Peer peer = rig.closing(Peer.listening());
    Http2Peer.reads(peer, server).sends(GrpcProberTest.trailersOnly("grpc-status", "5"));
    probing(peer)
        .ends()
        .shows(5, Metric.PROBE_GRPC_STATUS_CODE)
        .shows(1, Metric.PROBE_GRPC_SSL)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void aServerThatDoesNotAgreeToHttp2Fails() {
    Peer peer = rig.closing(Peer.listening());
    peer.startsTls(server);
    probing(peer)
        .failsIn(TLS, PROTOCOL)
        .saying("HTTP/2 by ALPN")
        .shows(14, Metric.PROBE_GRPC_STATUS_CODE);
  }

  @Test
  void anExpiredCertificateFailsButShowsItsDate() {
    TestIdentity expired = ROOT.issue("CN=old").ip("127.0.0.1").expiredDaysAgo(1).issue();
    Peer peer = rig.closing(Peer.listening());
    peer.startsTls(expired.jdkContext(), "h2");
    probing(peer)
        .failsIn(TLS, CERT_EXPIRED)
        .shows(14, Metric.PROBE_GRPC_STATUS_CODE)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY)
        .hasNo(Metric.PROBE_TLS_VERSION_INFO);
  }

  @Test
  void settingsThatCannotWorkFailEvenWithoutTls() {
    TlsSpec broken =
        new TlsSpec(Source.inline("no pem"), Source.NONE, Source.NONE, "", false, null, null);
    probing(new GrpcSpec("", false, broken, IpPreference.DEFAULT, Map.of()), "127.0.0.1:1")
        .failsIn(SETUP, CONFIG)
        .hasNo(Metric.PROBE_IP_PROTOCOL);
  }
}
