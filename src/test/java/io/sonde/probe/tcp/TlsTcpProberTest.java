package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_EXPIRED;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CERT_NOT_YET_VALID;
import static io.sonde.probe.Reason.CERT_UNTRUSTED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.Reason.PROTOCOL;
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
import io.sonde.probe.Reason;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProberContract;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
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
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failed_due_to_bytes 0
            probe_failed_due_to_regex 0
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_ssl_earliest_cert_expiry *
            probe_ssl_last_chain_expiry_timestamp_seconds *
            probe_ssl_last_chain_info{fingerprint_sha256="*",issuer="CN=Test Root",serialnumber="*",subject="CN=good.example",subjectalternative="good.example"} 1
            probe_success 1
            probe_timeout_seconds 25
            probe_tls_version_info{version="TLS 1.3"} 1
            """);
  }

  @Test
  void anExpiredCertificateFailsButShowsItsDate() {
    TestIdentity expired =
        ROOT.issue("CN=old").dns("old.example").ip("127.0.0.1").expiredDaysAgo(3).issue();
    assertRejected(CERT_EXPIRED, expired)
        .exposes(
            """
            probe_dns_lookup_time_seconds *
            probe_duration_seconds *
            probe_failure_info{phase="tls",reason="cert_expired"} 1
            probe_ip_addr_hash 3668918509
            probe_ip_protocol 4
            probe_ssl_earliest_cert_expiry *
            probe_ssl_last_chain_info{fingerprint_sha256="*",issuer="CN=Test Root",serialnumber="*",subject="CN=old",subjectalternative="old.example"} 1
            probe_success 0
            probe_timeout_seconds 25
            """);
  }

  @Test
  void whatThePeerSentIsKeptAlsoWhenItIsRejected() {
    TestIdentity expired = ROOT.issue("CN=old").ip("127.0.0.1").expiredDaysAgo(3).issue();
    Peer peer = serving(expired);
    List<Fact> facts = probing(peer).failsIn(TLS, CERT_EXPIRED).result().facts();
    assertEquals(2, facts.size(), facts::toString);
    assertEquals(
        new Fact.Address(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port())),
        facts.get(0));
    Fact.Certificates certificates = (Fact.Certificates) facts.get(1);
    assertEquals("CN=old", certificates.sent().get(0).subject());
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
  void aCertificateOfTheFutureFails() {
    assertRejected(CERT_NOT_YET_VALID, ROOT.issue("CN=a").ip("127.0.0.1").validInDays(2).issue());
  }

  @Test
  void aSelfSignedCertificateFails() {
    assertRejected(CERT_UNTRUSTED, TestCertificate.selfSigned("CN=a").ip("127.0.0.1").issue());
  }

  @Test
  void aCertificateOfAnUnknownIssuerFails() {
    TestCa stranger = TestCa.root("Test Root");
    assertRejected(CERT_UNTRUSTED, stranger.issue("CN=a").ip("127.0.0.1").issue());
  }

  @Test
  void aChainWithoutItsIntermediateFails() {
    TestIdentity whole = ROOT.intermediate("Between").issue("CN=a").ip("127.0.0.1").issue();
    probing(serving(whole)).passes();
    assertRejected(CERT_UNTRUSTED, whole.sending());
  }

  @Test
  void aCertificateForAnotherNameFails() {
    assertRejected(CERT_NAME, ROOT.issue("CN=a").dns("other.example").ip("127.0.0.2").issue());
  }

  @Test
  void aNameInTheSubjectAloneDoesNotCount() {
    TestIdentity commonNameOnly = ROOT.issue("CN=" + Network.GOOD_NAME).issue();
    Peer peer = serving(commonNameOnly);
    probing(Network.GOOD_NAME + ":" + peer.port()).failsIn(TLS, CERT_NAME);
  }

  @Test
  void theEarliestExpiryIsThatOfAnyCertificateSent() {
    TestCa dyingSoon = ROOT.issue("CN=Between").authority(-1).validForDays(5).issueAuthority();
    TestIdentity leaf = dyingSoon.issue("CN=a").ip("127.0.0.1").validForDays(90).issue();
    double soon = expirySeconds(dyingSoon.certificate());
    probing(serving(leaf))
        .passes()
        .shows(soon, Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY)
        .shows(soon, Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS);
  }

  @Test
  void withoutVerificationEveryCertificatePasses() {
    TestIdentity bad = TestCertificate.selfSigned("CN=x").expiredDaysAgo(1).issue();
    TlsSpec careless = new TlsSpec(Source.NONE, Source.NONE, Source.NONE, "", true, null, null);
    probing(spec(careless), serving(bad).address())
        .passes()
        .shows(-62135596800.0, Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS)
        .shows(expirySeconds(bad.certificate()), Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
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

  private Outcome assertRejected(Reason reason, TestIdentity identity) {
    return probing(serving(identity))
        .failsIn(TLS, reason)
        .inPhases(RESOLVE, CONNECT, TLS)
        .shows(expirySeconds(identity.certificate()), Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY)
        .has(Metric.PROBE_SSL_LAST_CHAIN_INFO)
        .hasNo(
            Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
            Metric.PROBE_TLS_VERSION_INFO,
            Metric.PROBE_TLS_CIPHER_INFO,
            Metric.PROBE_FAILED_DUE_TO_REGEX,
            Metric.PROBE_FAILED_DUE_TO_BYTES);
  }

  private Peer serving(TestIdentity identity) {
    return rig.closing(Peer.listening().startsTls(identity.jdkContext()));
  }

  private static String indicated(Peer peer, int connection) {
    ExtendedSSLSession session =
        (ExtendedSSLSession) peer.connection(connection).tls().getSession();
    return ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName();
  }

  @SuppressWarnings("JavaUtilDate") // Certificates know no other.
  private static double expirySeconds(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().getEpochSecond();
  }

  private static TlsSpec trusting(TestCa authority) {
    return new TlsSpec(
        Source.inline(authority.pem()), Source.NONE, Source.NONE, "", false, null, null);
  }

  private static TcpSpec spec(TlsSpec tls) {
    return new TcpSpec(IpPreference.DEFAULT, "", List.of(), true, tls);
  }
}
