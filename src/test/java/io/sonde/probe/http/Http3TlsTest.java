package io.sonde.probe.http;

import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Reason.CERT_EXPIRED;
import static io.sonde.probe.Reason.CERT_NAME;
import static io.sonde.probe.Reason.CERT_UNTRUSTED;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.Http3Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** TLS inside QUIC: the same judgements as over TCP. */
class Http3TlsTest extends Http3Claims {
  @Test
  void anExpiredCertificateIsSaidAndShown() {
    Http3Peer peer = serving(ROOT.issue("CN=a").ip("127.0.0.1").expiredDaysAgo(3).issue());
    probing(peer)
        .failsIn(TLS, CERT_EXPIRED)
        .has(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY, Metric.PROBE_SSL_LAST_CHAIN_INFO)
        .hasNo(Metric.PROBE_TLS_VERSION_INFO, Metric.PROBE_TLS_CIPHER_INFO)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "tls");
  }

  @Test
  void aCertificateOfAnotherRootIsUntrusted() {
    Http3Peer peer = serving(TestCa.root("Other").issue("CN=a").ip("127.0.0.1").issue());
    probing(peer).failsIn(TLS, CERT_UNTRUSTED);
  }

  @Test
  void aCertificateForAnotherNameIsSaid() {
    probing(serving(ROOT.server("other.example"))).failsIn(TLS, CERT_NAME);
  }

  @Test
  void whoDoesNotVerifyTakesAnything() {
    TestIdentity identity = TestCertificate.selfSigned("CN=b").expiredDaysAgo(1).issue();
    TlsSpec careless = new TlsSpec(Source.NONE, Source.NONE, Source.NONE, "", true, null, null);
    probing(http().http3().tls(careless), serving(identity))
        .passes()
        .shows(TlsSession.NOT_VERIFIED, Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS);
  }

  @Test
  void theConfiguredNameIsIndicatedHoweverShort() {
    for (String name : List.of("localhost", "with_underscore.example", "a.example")) {
      Http3Peer peer = starting(Http3Peer.with(ROOT.server(name)).notingNames());
      probing(http().http3().tls(trusting(name, null)), peer).passes();
      assertEquals(name, peer.nextServerName());
    }
  }

  @Test
  void aCertificateOfAnyKeyIsAccepted() {
    for (KeyPair keys : List.of(TestCertificate.rsa(2_048), TestCertificate.p521())) {
      probing(serving(ROOT.issue("CN=a").ip("127.0.0.1").keys(keys).issue())).passes();
    }
  }

  @Test
  void aCertificateOfRsaThatIsNotForSignaturesIsRefusedWithAHint() {
    TestIdentity identity =
        ROOT.issue("CN=a")
            .ip("127.0.0.1")
            .keys(TestCertificate.rsa(2_048))
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment))
            .issue();
    probing(serving(identity)).failsIn(TLS, Reason.TLS).saying("digital signatures");
  }

  @Test
  void theClientCertificateIsShownToWhoeverAsks() {
    TestIdentity client = TestCa.root("Clients").issue("CN=client").issue();
    X509Certificate authority = TestCa.root("Somebody").certificate();
    Http3Peer peer = starting(Http3Peer.with(SERVER).demandingClients(authority));
    TlsSpec tls =
        new TlsSpec(
            Source.inline(ROOT.pem()),
            Source.inline(client.certificatePem()),
            Source.inline(client.keyPem()),
            "",
            false,
            null,
            null);
    probing(http().http3().tls(tls), peer)
        .failsIn(TLS, Reason.TLS)
        .saying("the peer refused the handshake");
  }

  @Test
  void aClientCertificateThatIsAcceptedPasses() {
    TestCa clients = TestCa.root("Clients");
    TestIdentity client = clients.issue("CN=client").issue();
    Http3Peer peer = starting(Http3Peer.with(SERVER).demandingClients(clients.certificate()));
    TlsSpec tls =
        new TlsSpec(
            Source.inline(ROOT.pem()),
            Source.inline(client.certificatePem()),
            Source.inline(client.keyPem()),
            "",
            false,
            null,
            null);
    probing(http().http3().tls(tls), peer).passes();
  }

  @Test
  void aServerThatWantsACertificateAndGetsNoneSaysSo() {
    Http3Peer peer = starting(Http3Peer.with(SERVER).demandingClients(ROOT.certificate()));
    probing(peer).failsIn(TLS, Reason.TLS).saying("certificate_required");
  }

  @Test
  void aServerOfAnotherProtocolIsSaidAtOnce() {
    probing(starting(Http3Peer.with(SERVER).speaking("hq-interop")))
        .failsIn(TLS, Reason.TLS)
        .saying("no_application_protocol");
  }

  @Test
  void aModuleWithoutTls13CannotWork() {
    probing(http().http3().tls(trusting("", TlsVersion.TLS12)), serving(SERVER))
        .failsIn(TLS, CONFIG);
  }

  @Test
  void theNameOfTheTargetIsVerified() {
    Http3Peer peer = serving(SERVER);
    probingAt(http3(), Network.GOOD_NAME + ":" + peer.port()).passes();
  }

  private static TlsSpec trusting(String name, @Nullable TlsVersion max) {
    return new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, name, false, null, max);
  }

  private Http3Peer serving(TestIdentity identity) {
    return starting(Http3Peer.with(identity));
  }
}
