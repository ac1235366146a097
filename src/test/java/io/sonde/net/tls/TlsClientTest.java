package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.TlsVersion;
import io.sonde.probe.Metric;
import io.sonde.probe.PeerCertificate;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.probe.Span;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handshake comes to. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class TlsClientTest extends HandshakeFixture {
  TlsClientTest(TlsProvider provider) {
    super(provider);
  }

  @Test
  void aHandshakeTellsWhatItCameTo() {
    HandshakeProber prober = prober(trusting(), HOST);
    Outcome outcome = probe(prober, server(SERVER)).passed().inPhases(Phase.CONNECT, Phase.TLS);
    TlsSession session = prober.session();
    assertEquals("TLS 1.3", session.version());
    assertTrue(session.cipher().startsWith("TLS_AES_"), session.cipher());
    assertNull(session.applicationProtocol());
    assertEquals(1, session.chain().certificates().size());
    assertEquals(expiry(SERVER), (double) session.lastChainExpirySeconds());
    outcome.shows(1, Metric.PROBE_TLS_VERSION_INFO, "TLS 1.3");
    outcome.shows(1, Metric.PROBE_TLS_CIPHER_INFO, session.cipher());
    outcome.shows(expiry(SERVER), Metric.PROBE_SSL_LAST_CHAIN_EXPIRY_TIMESTAMP_SECONDS);
  }

  @Test
  void aHandshakeEndsWhenItsLastBytesCome() {
    HandshakeProber prober = prober(trusting(), HOST);
    Span tls = probe(prober, server(SERVER)).passed().result().spans().get(1);
    assertEquals(prober.lastReadNanos(), tls.endNanos());
  }

  @Test
  void theWholeChainIsSeenAsSent() {
    TestCa one = ROOT.intermediate("One");
    TestIdentity identity = one.server(HOST).sending(one.certificate(), ROOT.certificate());
    HandshakeProber prober = prober(trusting(), HOST);
    probe(prober, server(identity)).passed();
    assertEquals(
        List.of("CN=" + HOST, "CN=One", "CN=Root"),
        prober.session().chain().certificates().stream().map(PeerCertificate::subject).toList());
  }

  @Test
  void whatThePeerSaysRightAfterTheHandshakeIsNotLost() {
    for (int i = 0; i < 20; i++) {
      HandshakeProber prober = prober(trusting(), HOST).reading();
      probe(prober, server(SERVER)).passed();
      assertEquals(TlsServer.GREETING, prober.heard());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
  })
  void everyCipherThatOtherClientsOfferIsOffered(String version, String cipher) {
    HandshakeProber prober = prober(trusting(), HOST);
    probe(prober, settings(SERVER).versions(version).ciphers(cipher).start()).passed();
    assertEquals(cipher, prober.session().cipher());
    assertEquals("TLS 1.2", prober.session().version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
      })
  void everyRsaCipherThatOtherClientsOfferIsOffered(String cipher) {
    TestIdentity identity = ROOT.issue("CN=rsa").keys(TestCertificate.rsa(2_048)).dns(HOST).issue();
    HandshakeProber prober = prober(trusting(), HOST);
    probe(prober, settings(identity).versions("TLSv1.2").ciphers(cipher).start()).passed();
    assertEquals(cipher, prober.session().cipher());
  }

  @Test
  void staticKeyExchangeIsNotOffered() {
    TestIdentity identity = ROOT.issue("CN=rsa").keys(TestCertificate.rsa(2_048)).dns(HOST).issue();
    probe(
            prober(trusting(), HOST),
            settings(identity)
                .versions("TLSv1.2")
                .ciphers("TLS_RSA_WITH_AES_128_GCM_SHA256")
                .start())
        .failedIn(Phase.TLS, Reason.TLS)
        .saying("alert handshake_failure");
  }

  @Test
  void noVersionInCommonIsNamed() {
    probe(
            prober(withVersions(TlsVersion.TLS13, null), HOST),
            settings(SERVER).versions("TLSv1.2").start())
        .failedIn(Phase.TLS, Reason.TLS)
        .saying("alert protocol_version");
  }

  @Test
  void theRangeOfVersionsIsKept() {
    HandshakeProber prober = prober(withVersions(null, TlsVersion.TLS12), HOST);
    probe(prober, server(SERVER)).passed();
    assertEquals("TLS 1.2", prober.session().version());
    probe(prober(withVersions(null, TlsVersion.TLS11), HOST), server(SERVER))
        .failedIn(Phase.TLS, Reason.CONFIG)
        .saying("max_version TLS11 is below");
  }

  @Test
  void whatIsChosenOfTheOfferedProtocolsIsTold() {
    TlsServer server = rig.closing(settings(SERVER).speaking("h2", "http/1.1").start());
    HandshakeProber both = prober(trusting(), List.of("http/1.1", "h2"), HOST);
    probe(both, server).passed();
    assertEquals(
        server.nextHandshake().applicationProtocol(), both.session().applicationProtocol());
    HandshakeProber other = prober(trusting(), List.of("other"), HOST);
    probe(other, server).passed();
    assertNull(other.session().applicationProtocol());
    HandshakeProber none = prober(trusting(), HOST);
    probe(none, server).passed();
    assertNull(none.session().applicationProtocol());
  }

  @Test
  void noSessionIsResumed() {
    TlsServer server = server(SERVER);
    HandshakeProber prober = prober(trusting(), HOST).reading();
    PeerChain first = null;
    for (int i = 0; i < 3; i++) {
      probe(prober, server).passed().has(Metric.PROBE_SSL_LAST_CHAIN_INFO);
      // A resumed session sends no certificate, so that there would be nothing to judge.
      first = first == null ? prober.session().chain() : first;
      assertEquals(first, prober.session().chain());
    }
  }

  @Test
  void noHandshakeIsRememberedWhenItIsOver() {
    TlsMaterial material = material(trusting(), List.of());
    HandshakeProber prober = new HandshakeProber(rig.transport(), material, HOST);
    probe(prober, server(SERVER)).passed();
    probe(prober, server(ROOT.server("other.example"))).failedIn(Phase.TLS, Reason.CERT_NAME);
    assertTrue(rig.loop().awaitTrue(() -> material.openConnections() == 0));
  }
}
