package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Source;
import io.sonde.config.TlsSpec;
import io.sonde.config.TlsVersion;
import io.sonde.net.file.BlockingWork;
import io.sonde.probe.Metric;
import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.probe.Span;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.ProbeRig;
import io.sonde.testkit.Probing;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TlsProvider.class)
class TlsClientTest {
  private static final String HOST = "host.example";
  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestIdentity SERVER = ROOT.server(HOST);

  @RegisterExtension final ProbeRig rig = new ProbeRig();

  private final TlsProvider provider;

  TlsClientTest(TlsProvider provider) {
    this.provider = provider;
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
    HandshakeProber other = prober(trusting(), List.of("h3"), HOST);
    probe(other, server).passed();
    assertNull(other.session().applicationProtocol());
    HandshakeProber none = prober(trusting(), HOST);
    probe(none, server).passed();
    assertNull(none.session().applicationProtocol());
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

  @Test
  void aServerWithAnotherListOfAuthoritiesGetsTheClientCertificate() {
    TestCa clients = TestCa.root("Clients");
    TestCa issuing = clients.intermediate("Issuing");
    TestIdentity client = issuing.server("client.example");
    TlsServer server =
        rig.closing(settings(SERVER).demandingClients(clients.certificate()).start());
    HandshakeProber prober = prober(showing(client), HOST).reading();
    probe(prober, server).passed();
    assertEquals(client.chain(), server.nextHandshake().clientChain());
    assertEquals(TlsServer.GREETING, prober.heard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientKeysOfEveryKindSign(String version) {
    TestCa clients = TestCa.root("Clients");
    TlsServer server =
        rig.closing(
            settings(SERVER)
                .byJdk()
                .versions(version)
                .demandingClients(clients.certificate())
                .start());
    for (var keys :
        List.of(TestCertificate.p256(), TestCertificate.rsa(2_048), TestCertificate.ed25519())) {
      TestIdentity client = clients.issue("CN=client").keys(keys).issue();
      HandshakeProber prober = prober(showing(client), HOST).reading();
      probe(prober, server).passed();
      assertEquals(client.chain(), server.nextHandshake().clientChain());
    }
  }

  @Test
  void aServerThatMissesTheClientCertificateSaysSoDuringOrAfterTheHandshake() {
    TestCa clients = TestCa.root("Clients");
    TlsServer strict =
        rig.closing(
            settings(SERVER).versions("TLSv1.2").demandingClients(clients.certificate()).start());
    probe(prober(trusting(), HOST).reading(), strict)
        .failedIn(Phase.TLS, Reason.TLS)
        .saying("the peer refused the handshake: alert ");
    TlsServer later = rig.closing(settings(SERVER).demandingClients(clients.certificate()).start());
    probe(prober(trusting(), HOST).reading(), later)
        .failedIn(Phase.PROCESSING, Reason.TLS)
        .saying("the peer ended TLS: alert certificate_required");
  }

  @Test
  void aPlainPortIsAProtocolError() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).sends("220 mail.example ESMTP ready\r\n");
    probe(prober(trusting(), HOST), peer.port())
        .failedIn(Phase.TLS, Reason.PROTOCOL)
        .saying("does not speak TLS")
        .hasNo(Metric.PROBE_SSL_EARLIEST_CERT_EXPIRY);
  }

  @Test
  void anHttpServerOnThePortIsAProtocolError() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).sends("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").closes();
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.PROTOCOL);
  }

  @Test
  void aPeerThatClosesIsClosed() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).closes();
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.CLOSED);
  }

  @Test
  void aPeerThatResetsIsClosed() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).resets();
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.CLOSED);
  }

  @Test
  void aBrokenRecordIsAFailureOfTls() {
    Peer peer = rig.closing(Peer.listening());
    byte[] nonsense = {22, 3, 3, 0, 4, 2, 0, 0, 0};
    peer.reads(1).sends(nonsense);
    probe(prober(trusting(), HOST), peer.port()).failedIn(Phase.TLS, Reason.TLS);
  }

  @Test
  void anAlertIsNamed() {
    Peer peer = rig.closing(Peer.listening());
    byte[] unrecognizedName = {21, 3, 3, 0, 2, 2, 112};
    peer.reads(1).sends(unrecognizedName);
    probe(prober(trusting(), HOST), peer.port())
        .failedIn(Phase.TLS, Reason.TLS)
        .saying("alert unrecognized_name (the server does not know the name");
  }

  @Test
  void aSilentPeerIsWaitedForUntilTheDeadline() {
    Peer peer = rig.closing(Peer.listening());
    peer.staysSilent();
    rig.probing(prober(trusting(), HOST), module())
        .at(String.valueOf(peer.port()))
        .within(Duration.ofMillis(150))
        .failsIn(Phase.TLS, Reason.TIMEOUT);
  }

  @Test
  void aHandshakeCanHaveALimitOfItsOwn() {
    Peer peer = rig.closing(Peer.listening());
    peer.staysSilent();
    HandshakeProber prober =
        prober(trusting(), HOST).with(peerOf -> peerOf.within(Duration.ofMillis(150)));
    rig.probing(prober, module())
        .at(String.valueOf(peer.port()))
        .within(Probing.FAR)
        .failsIn(Phase.TLS, Reason.TIMEOUT)
        .saying("took more than 0.15 s");
  }

  @Test
  void aHandshakeCanBelongToAnotherPhase() {
    Peer peer = rig.closing(Peer.listening());
    peer.reads(1).closes();
    HandshakeProber prober =
        prober(trusting(), HOST).with(peerOf -> peerOf.inPhase(Phase.PROXY).atHop(2));
    probe(prober, peer.port())
        .failedIn(Phase.PROXY, Reason.CLOSED)
        .inPhases(Phase.CONNECT, Phase.PROXY);
  }

  @Test
  void aCallerWhoLeavesEndsTheHandshake() {
    Peer peer = rig.closing(Peer.listening());
    peer.staysSilent();
    rig.probing(prober(trusting(), HOST), module())
        .at(String.valueOf(peer.port()))
        .starts()
        .reaches(Phase.TLS)
        .isAbandoned()
        .ends()
        .wasAbandoned();
    peer.connection(0).awaitEnd();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerWithAnEdwardsCurveKeyIsReached(String version) {
    TestIdentity identity = ROOT.issue("CN=ed").keys(TestCertificate.ed25519()).dns(HOST).issue();
    assertReachedByTheJdkAtLast(settings(identity).byJdk().versions(version).start());
  }

  @Test
  void aServerWithALargeCurveKeyIsReached() {
    TestIdentity identity = ROOT.issue("CN=p521").keys(TestCertificate.p521()).dns(HOST).issue();
    assertReachedByTheJdkAtLast(settings(identity).byJdk().start());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerWhoseCertificateMayOnlyEncipherIsReached(String version) {
    TestIdentity identity =
        ROOT.issue("CN=homemade")
            .keys(TestCertificate.rsa(2_048))
            .dns(HOST)
            .extension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.dataEncipherment))
            .issue();
    assertReachedByTheJdkAtLast(settings(identity).versions(version).start());
  }

  /** BoringSSL fails once, the JDK is tried in the same probe, and is the first choice then on. */
  private void assertReachedByTheJdkAtLast(TlsServer server) {
    HandshakeProber prober = prober(trusting(), HOST);
    Phase[] once = {Phase.CONNECT, Phase.TLS};
    Phase[] twice = {Phase.CONNECT, Phase.TLS, Phase.CONNECT, Phase.TLS};
    probe(prober, server).passed().inPhases(provider == TlsProvider.JDK ? once : twice);
    probe(prober, server).passed().inPhases(once);
    assertEquals(HOST, prober.session().chain().leaf().dnsNames().get(0));
  }

  @Test
  void aServerThatNeitherProviderReachesIsTriedTwiceOnlyOnce() {
    TestIdentity identity = ROOT.issue("CN=rsa").keys(TestCertificate.rsa(2_048)).dns(HOST).issue();
    TlsServer server =
        rig.closing(
            settings(identity)
                .versions("TLSv1.2")
                .ciphers("TLS_RSA_WITH_AES_128_GCM_SHA256")
                .start());
    HandshakeProber prober = prober(trusting(), HOST);
    probe(prober, server).failedIn(Phase.TLS, Reason.TLS);
    probe(prober, server).failedIn(Phase.TLS, Reason.TLS).inPhases(Phase.CONNECT, Phase.TLS);
  }

  private static double expiry(TestIdentity identity) {
    return (double) identity.certificate().getNotAfter().toInstant().getEpochSecond();
  }

  private static TlsSpec trusting() {
    return new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, null, null);
  }

  private static TlsSpec insecure() {
    return new TlsSpec(Source.NONE, Source.NONE, Source.NONE, "", true, null, null);
  }

  private static TlsSpec withVersions(@Nullable TlsVersion min, @Nullable TlsVersion max) {
    return new TlsSpec(Source.inline(ROOT.pem()), Source.NONE, Source.NONE, "", false, min, max);
  }

  private static TlsSpec showing(TestIdentity client) {
    return new TlsSpec(
        Source.inline(ROOT.pem()),
        Source.inline(client.certificatePem()),
        Source.inline(client.keyPem()),
        "",
        false,
        null,
        null);
  }

  private HandshakeProber prober(TlsSpec spec, String name) {
    return prober(spec, List.of(), name);
  }

  private HandshakeProber prober(TlsSpec spec, List<String> protocols, String name) {
    return new HandshakeProber(rig.transport(), material(spec, protocols), name);
  }

  private TlsMaterial material(TlsSpec spec, List<String> protocols) {
    BlockingWork work = rig.closing(new BlockingWork());
    return new TlsMaterials(provider, work, new SystemTrust(work)).of(spec, protocols);
  }

  private TlsServer server(TestIdentity identity) {
    return rig.closing(TlsServer.of(identity));
  }

  private static TlsServer.Settings settings(TestIdentity identity) {
    return TlsServer.with(identity);
  }

  private Outcome probe(HandshakeProber prober, TlsServer server) {
    return probe(prober, rig.closing(server).port());
  }

  private Outcome probe(HandshakeProber prober, int port) {
    return rig.probing(prober, module()).at(String.valueOf(port)).ends();
  }

  private static ModuleConfig module() {
    return ModuleConfig.empty("tls");
  }
}
