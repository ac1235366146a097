package io.sonde.probe.tcp;

import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_EXPIRED;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CERT_NOT_YET_VALID;
import static io.sonde.probe.Reason.CERT_UNTRUSTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.IpPreference;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Source;
import io.sonde.config.TcpSpec;
import io.sonde.config.TlsSpec;
import io.sonde.probe.Fact;
import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeClaims;
import io.sonde.testkit.Probing;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of certificates that tcp peers present. */
class TlsTcpCertificateTest extends ProbeClaims {
  private static final TestCa ROOT = TestCa.root("Test Root");

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
    probing(
            new TcpSpec(IpPreference.DEFAULT, "", List.of(), true, careless),
            serving(bad).address())
        .passes()
        .shows(-62135596800.0, Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS)
        .shows(expirySeconds(bad.certificate()), Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
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

  @SuppressWarnings("JavaUtilDate") // Certificates know no other.
  private static double expirySeconds(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().getEpochSecond();
  }

  private Probing probing(Peer peer) {
    return probing(peer.address());
  }

  private Probing probing(String address) {
    return probing(Steps.overTls(ROOT), address);
  }

  private Probing probing(TcpSpec spec, String address) {
    return rig.probing(
            TcpProberTest.prober(network, spec), ModuleConfig.of("test", Duration.ZERO, spec))
        .at(address);
  }
}
