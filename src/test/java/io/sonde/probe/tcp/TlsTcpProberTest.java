package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.tcp.Steps.trusting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.IpPreference;
import io.sonde.config.ProbeSpec;
import io.sonde.config.Source;
import io.sonde.config.TcpSpec;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.Prober;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;

class TlsTcpProberTest extends ProberContract {
  private static final TestCa ROOT = TestCa.root("Test Root");
  private static final TestIdentity SERVER =
      ROOT.issue("CN=" + Network.GOOD_NAME).dns(Network.GOOD_NAME).ip("127.0.0.1").issue();

  @Override
  protected ProbeSpec spec() {
    return spec(trusting(ROOT));
  }

  @Override
  protected Prober bind(ProbeSpec spec) {
    return TcpProberTest.prober(network, spec);
  }

  @Override
  protected void isGood(Peer peer) {
    peer.startsTls(SERVER.jdkContext());
  }

  @Override
  protected List<Stage> stages() {
    return List.of(Stage.in(TLS, peer -> peer.reads(1)));
  }

  @Test
  void aVerifiedHandshakePasses() {
    probing(Network.GOOD_NAME + ":" + goodPeer().port())
        .passes()
        .inPhases(RESOLVE, CONNECT, TLS)
        .exposes(Steps.HANDSHAKE_METRICS);
  }

  @Test
  void aHandshakeSaysWhetherItWasVerified() {
    Peer peer = goodPeer();
    List<Fact> facts = probing(Network.GOOD_NAME + ":" + peer.port()).passes().result().facts();
    Fact.Tls tls = (Fact.Tls) facts.get(2);
    assertEquals("TLS 1.3", tls.version());
    assertEquals(true, tls.verified());
  }

  @Test
  void theHostnameParameterIsTheNameToVerify() {
    Peer peer = serving(ROOT.server("asked.example"));
    probing(peer).asking("asked.example").passes();
    assertEquals("asked.example", indicated(peer, 0));
    probing(peer).asking("other.example").failsIn(TLS, CERT_NAME);
    probing(peer).asking("").failsIn(TLS, CERT_NAME);
  }

  @Test
  void aConfiguredServerNameWinsOverTheHostnameParameter() {
    Peer peer = serving(ROOT.server("configured.example"));
    TcpSpec spec = spec(trusting(ROOT).withServerName("configured.example"));
    probing(spec, peer.address()).asking("asked.example").passes();
    assertEquals("configured.example", indicated(peer, 0));
  }

  @Test
  void theVersionIsTheOneThatWasSpoken() {
    TlsSpec old =
        new TlsSpec(
            Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, null, TlsVersion.TLS12);
    Outcome outcome = probing(spec(old), goodPeer().address()).passes();
    assertEquals("TLS 1.2", outcome.label(Metric.PROBE_TLS_VERSION_INFO, "version"));
  }

  @Test
  void aPlainPortDoesNotSpeakTls() {
    probing(rig.closing(Peer.listening().sends("220 ready\r\n")))
        .failsIn(TLS, PROTOCOL)
        .inPhases(RESOLVE, CONNECT, TLS)
        .hasNo(Metric.PROBE_FAILED_DUE_TO_REGEX, Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
    probing(
            rig.closing(
                Peer.listening().reads(6).sends("HTTP/1.1 400 Bad Request\r\n\r\n").closes()))
        .failsIn(TLS, PROTOCOL);
  }

  @Test
  void aTlsPortIsAnOpenPort() {
    probing(TcpSpec.DEFAULT, goodPeer().address())
        .passes()
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_TLS_VERSION_INFO);
  }

  @Test
  void aTrustFileThatIsMissingFailsAfterResolution() {
    TlsSpec missing =
        new TlsSpec(
            Source.file("/no/such/ca.pem"), Source.NONE, Source.NONE, "", false, null, null);
    Peer peer = goodPeer();
    Outcome outcome =
        probing(spec(missing), peer.address())
            .failsIn(SETUP, CONFIG)
            .saying("/no/such/ca.pem")
            .inPhases(RESOLVE)
            .shows(4, Metric.PROBE_IP_PROTOCOL)
            .hasNo(Metric.PROBE_FAILED_DUE_TO_REGEX);
    assertEquals(
        List.of("Error creating TLS configuration", "Probe failed"), outcome.notes(Level.ERROR));
    assertEquals(0, peer.connections());
  }

  @Test
  void theTrailTellsTheSteps() {
    assertEquals(
        List.of(
            "Beginning probe",
            "Resolving target address",
            "Resolved target address",
            "Dialing TCP with TLS",
            "Successfully dialed",
            "Probe succeeded"),
        probing(goodPeer()).passes().notes(Level.DEBUG));
    Peer stranger = serving(TestCertificate.selfSigned("CN=a").issue());
    assertEquals(
        List.of("Error dialing TCP", "Probe failed"), probing(stranger).ends().notes(Level.ERROR));
  }

  private Peer serving(TestIdentity identity) {
    return rig.closing(Peer.listening().startsTls(identity.jdkContext()));
  }

  private static String indicated(Peer peer, int connection) {
    ExtendedSSLSession session =
        (ExtendedSSLSession) peer.connection(connection).tls().getSession();
    return ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName();
  }

  private static TcpSpec spec(TlsSpec tls) {
    return new TcpSpec(IpPreference.DEFAULT, "", List.of(), true, tls);
  }
}
