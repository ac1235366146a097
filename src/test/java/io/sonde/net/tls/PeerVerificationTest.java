package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a handshake accepts. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class PeerVerificationTest extends HandshakeFixture {
  PeerVerificationTest(TlsProvider provider) {
    super(provider);
  }

  @ParameterizedTest
  @CsvSource({
    "host.example, host.example",
    "host.example., host.example",
    "localhost, localhost",
    "under_score.example, under_score.example",
    "127.0.0.1, ''",
    "::1, ''",
    "[::1], ''",
    "fe80::1%eth0, ''",
  })
  void theNameIsIndicatedUnlessItIsAnAddress(String name, String indicated) {
    TlsServer server = server(SERVER);
    probe(prober(insecure(), name), server).passed();
    String seen = server.nextHandshake().serverName();
    assertEquals(indicated, seen == null ? "" : seen);
  }

  @Test
  void anAddressMustBeListedAsOne() {
    TestIdentity identity = ROOT.issue("CN=a").ip("127.0.0.1", "::1").issue();
    probe(prober(trusting(), "127.0.0.1"), server(identity)).passed();
    probe(prober(trusting(), "[::1]"), server(identity)).passed();
    probe(prober(trusting(), "127.0.0.2"), server(identity)).failedIn(Phase.TLS, Reason.CERT_NAME);
  }

  @Test
  void anotherNameIsRefused() {
    probe(prober(trusting(), "other.example"), server(SERVER))
        .failedIn(Phase.TLS, Reason.CERT_NAME)
        .saying("certificate is for host.example, not for other.example");
  }

  @Test
  void aCommonNameIsNoName() {
    probe(prober(trusting(), HOST), server(ROOT.issue("CN=" + HOST).issue()))
        .failedIn(Phase.TLS, Reason.CERT_NAME)
        .saying("the common name does not count");
  }

  @Test
  void anExpiredCertificateStillShowsItsDate() {
    TestIdentity identity = ROOT.issue("CN=" + HOST).dns(HOST).expiredDaysAgo(5).issue();
    probe(prober(trusting(), HOST), server(identity))
        .failedIn(Phase.TLS, Reason.CERT_EXPIRED)
        .saying("expired 5 days ago")
        .shows(expiry(identity), Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY)
        .has(Metric.PROBE_SSL_LAST_CHAIN_INFO)
        .hasNo(
            Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS,
            Metric.PROBE_TLS_VERSION_INFO,
            Metric.PROBE_TLS_CIPHER_INFO);
  }

  @Test
  void aCertificateOfTheFutureIsRefused() {
    probe(
            prober(trusting(), HOST),
            server(ROOT.issue("CN=" + HOST).dns(HOST).validInDays(5).issue()))
        .failedIn(Phase.TLS, Reason.CERT_NOT_YET_VALID)
        .saying("becomes valid in 4 days");
  }

  @Test
  void aSelfSignedCertificateIsRefused() {
    TestIdentity identity = TestCertificate.selfSigned("CN=" + HOST).dns(HOST).issue();
    probe(prober(trusting(), HOST), server(identity))
        .failedIn(Phase.TLS, Reason.CERT_UNTRUSTED)
        .saying("is self-signed")
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void anIncompleteChainIsRefused() {
    TestIdentity identity = ROOT.intermediate("One").server(HOST).sending();
    probe(prober(trusting(), HOST), server(identity))
        .failedIn(Phase.TLS, Reason.CERT_UNTRUSTED)
        .saying("no intermediate certificate");
  }

  @Test
  void thePeerIsToldThatItIsNotAccepted() {
    TlsServer server = server(TestCertificate.selfSigned("CN=" + HOST).dns(HOST).issue());
    probe(prober(trusting(), HOST), server).failedIn(Phase.TLS, Reason.CERT_UNTRUSTED);
    String failure = String.valueOf(server.nextHandshake().failure());
    assertTrue(failure.contains("CERTIFICATE"), failure);
  }

  @Test
  void withoutVerificationEverythingPasses() {
    TestIdentity identity = TestCertificate.selfSigned("CN=x").expiredDaysAgo(5).issue();
    HandshakeProber prober = prober(insecure(), HOST);
    probe(prober, server(identity))
        .passed()
        .shows(-62_135_596_800d, Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS)
        .shows(expiry(identity), Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void aNameIsNeededForVerificationOnly() {
    probe(prober(trusting(), ""), server(SERVER))
        .failedIn(Phase.TLS, Reason.CONFIG)
        .saying("either server_name or insecure_skip_verify");
    probe(prober(insecure(), ""), server(SERVER)).passed();
  }
}
