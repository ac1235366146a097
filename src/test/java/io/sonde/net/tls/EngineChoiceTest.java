package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Phase;
import io.sonde.probe.Reason;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import io.sonde.testkit.TlsServer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that BoringSSL does not reach. */
@ParameterizedClass
@EnumSource(TlsProvider.class)
class EngineChoiceTest extends HandshakeFixture {
  EngineChoiceTest(TlsProvider provider) {
    super(provider);
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
}
