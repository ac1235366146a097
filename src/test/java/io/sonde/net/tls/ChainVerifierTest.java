package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Reason;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainVerifierTest {
  private static final String HOST = "host.example";

  private final TestCa root = TestCa.root("Root");

  @Test
  void aChainThroughIntermediatesIsTrusted() throws Exception {
    TestCa one = root.intermediate("One");
    TestCa two = one.intermediate("Two");
    TestIdentity server = two.server(HOST);
    assertTrusted(server, root);
    assertEquals(1, verify(server, root).chains().size());
    assertEquals(4, verify(server, root).chains().get(0).links().size());
  }

  @Test
  void theOrderOfIntermediatesDoesNotMatter() throws Exception {
    TestCa one = root.intermediate("One");
    TestCa two = one.intermediate("Two");
    TestIdentity server = two.server(HOST);
    assertTrusted(server.sending(one.certificate(), two.certificate()), root);
  }

  @Test
  void aRootThatIsSentAlongDoesNoHarm() throws Exception {
    TestCa one = root.intermediate("One");
    TestIdentity server = one.server(HOST).sending(one.certificate(), root.certificate());
    assertTrusted(server, root);
    assertEquals(1, verify(server, root).chains().size());
  }

  @Test
  void aRootThatIsOnlySentIsNotTrusted() throws Exception {
    TestIdentity server = root.server(HOST).sending(root.certificate());
    assertUntrusted("not a trust anchor", server, TestCa.root("Other"));
  }

  @Test
  void aSelfSignedCertificateIsUntrusted() throws Exception {
    TestIdentity server = TestCertificate.selfSigned("CN=self").dns(HOST).issue();
    assertUntrusted("\"CN=self\" is self-signed", server, root);
  }

  @Test
  void aSelfSignedCertificateThatIsAnAnchorIsTrusted() throws Exception {
    TestIdentity server = TestCertificate.selfSigned("CN=self").dns(HOST).issue();
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(server.certificate())));
    assertNull(problem(verifier, server, HOST));
  }

  @Test
  void aLeafThatIsAnAnchorNeedsNoIssuer() throws Exception {
    TestIdentity server = root.server(HOST);
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(server.certificate())));
    assertNull(problem(verifier, server, HOST));
  }

  @Test
  void anIntermediateCanBeAnAnchor() throws Exception {
    TestCa one = root.intermediate("One");
    assertTrusted(one.server(HOST), one);
  }

  @Test
  void aMissingIntermediateIsNamed() throws Exception {
    TestIdentity server = root.intermediate("One").server(HOST).sending();
    assertUntrusted(
        "signed by \"CN=One\", which is not a trust anchor; the peer sent no "
            + "intermediate certificate",
        server,
        root);
  }

  @Test
  void anUnknownIssuerIsNamed() throws Exception {
    TestIdentity server = TestCa.root("Stranger").intermediate("One").server(HOST);
    assertUntrusted("\"CN=One\" is signed by \"CN=Stranger\"", server, root);
  }

  @Test
  void withoutAnyAnchorNothingIsTrusted() throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of()));
    Verification.Problem problem = problem(verifier, root.server(HOST), HOST);
    assertNotNull(problem);
    assertEquals(Reason.CERT_UNTRUSTED, problem.reason());
    assertTrue(problem.message().contains("no trust anchors"), problem.message());
  }

  @Test
  void anotherRootOfTheSameNameIsNotTheRoot() throws Exception {
    assertUntrusted("has another key", root.server(HOST), TestCa.root("Root"));
  }

  @Test
  void ofTwoRootsOfOneNameTheRightOneIsFound() throws Exception {
    ChainVerifier verifier =
        new ChainVerifier(
            new Anchors(List.of(TestCa.root("Root").certificate(), root.certificate())));
    assertNull(problem(verifier, root.server(HOST), HOST));
  }

  @Test
  void everyChainThroughCrossSignedIntermediatesIsFound() throws Exception {
    TestCa other = TestCa.root("Other Root");
    KeyPair keys = TestCertificate.p256();
    TestCa byRoot = issuing(root, keys, 20);
    TestCa byOther = issuing(other, keys, 200);
    TestIdentity server =
        byRoot
            .issue("CN=leaf")
            .dns(HOST)
            .validForDays(300)
            .issue()
            .sending(byRoot.certificate(), byOther.certificate());
    ChainVerifier verifier =
        new ChainVerifier(new Anchors(List.of(root.certificate(), other.certificate())));
    Verification verification = verify(verifier, server);
    assertEquals(2, verification.chains().size());
    assertEquals(
        seconds(byOther.certificate()), verification.lastExpirySeconds(System.currentTimeMillis()));
    long inAHundredDays = System.currentTimeMillis() + Duration.ofDays(100).toMillis();
    assertNull(verification.problem(PeerChain.of(sent(server)), HOST, inAHundredDays));
    assertEquals(seconds(byOther.certificate()), verification.lastExpirySeconds(inAHundredDays));
  }

  private static TestCa issuing(TestCa issuer, KeyPair keys, int days) {
    return issuer.issue("CN=Cross").keys(keys).authority(-1).validForDays(days).issueAuthority();
  }

  private static long seconds(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().getEpochSecond();
  }

  @Test
  void theRootCountsForTheLastExpiry() throws Exception {
    KeyPair keys = TestCertificate.p256();
    TestCa shortRoot =
        TestCertificate.selfSigned(new X500Name("CN=Short"), keys)
            .authority(-1)
            .validForDays(5)
            .issueAuthority();
    TestIdentity server = shortRoot.issue("CN=leaf").dns(HOST).validForDays(50).issue();
    assertEquals(
        seconds(shortRoot.certificate()),
        verify(server, shortRoot).lastExpirySeconds(System.currentTimeMillis()));
  }

  @Test
  void anAuthorityMustSayThatItIsOne() throws Exception {
    TestCa noCa = root.issue("CN=NoCa").issueAuthority();
    assertUntrusted("is no certificate authority", noCa.server(HOST), root);
    TestCa falseCa =
        root.issue("CN=NoCa")
            .extension(Extension.basicConstraints, true, new BasicConstraints(false))
            .issueAuthority();
    assertUntrusted("is no certificate authority", falseCa.server(HOST), root);
  }

  @Test
  void anAuthorityMustBeAllowedToSign() throws Exception {
    TestCa mayNot =
        root.issue("CN=MayNot")
            .extension(Extension.basicConstraints, true, new BasicConstraints(true))
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .issueAuthority();
    assertUntrusted("may not sign certificates", mayNot.server(HOST), root);
  }

  @Test
  void theLengthOfThePathIsLimited() throws Exception {
    TestCa noneBelow = root.issue("CN=Zero").authority(0).issueAuthority();
    assertTrusted(noneBelow.server(HOST), root);
    assertUntrusted(
        "allows 0 intermediate certificates, there are 1",
        noneBelow.intermediate("Below").server(HOST),
        root);
  }

  @Test
  void theLengthLimitOfARootCounts() throws Exception {
    TestCa strict =
        TestCertificate.selfSigned("CN=Strict").authority(0).validForDays(99).issueAuthority();
    assertTrusted(strict.server(HOST), strict);
    assertUntrusted("allows 0", strict.intermediate("Below").server(HOST), strict);
  }

  @Test
  void aCertificateForClientsOnlyIsRefused() throws Exception {
    TestIdentity client =
        root.issue("CN=c").dns(HOST).purposes(KeyPurposeId.id_kp_clientAuth).issue();
    assertUntrusted("not meant for servers", client, root);
    TestIdentity both =
        root.issue("CN=c")
            .dns(HOST)
            .purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth)
            .issue();
    assertTrusted(both, root);
    TestIdentity any =
        root.issue("CN=c").dns(HOST).purposes(KeyPurposeId.anyExtendedKeyUsage).issue();
    assertTrusted(any, root);
  }

  @Test
  void thePurposesOfAnAuthorityBindWhatIsBelowIt() throws Exception {
    TestCa mail =
        root.issue("CN=Mail")
            .authority(-1)
            .purposes(KeyPurposeId.id_kp_emailProtection)
            .issueAuthority();
    assertUntrusted("not meant for servers", mail.server(HOST), root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "MD5withRSA", "SHA224withRSA", "SHA1withRSAandMGF1"})
  void weakSignaturesAreRefused(String algorithm) throws Exception {
    TestCa rsa = TestCa.root("Rsa", TestCertificate.rsa(2_048));
    assertUntrusted(
        "not secure", rsa.issue("CN=weak").dns(HOST).signedWith(algorithm).issue(), rsa);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "SHA256withRSAandMGF1"})
  void soundRsaSignaturesAreAccepted(String algorithm) throws Exception {
    TestCa rsa = TestCa.root("Rsa", TestCertificate.rsa(2_048));
    assertTrusted(rsa.issue("CN=sound").dns(HOST).signedWith(algorithm).issue(), rsa);
  }

  @Test
  void aWeakSignatureOfTheRootOnItselfDoesNotMatter() throws Exception {
    TestCa old =
        TestCertificate.selfSigned(new X500Name("CN=Old"), TestCertificate.rsa(2_048))
            .signedWith("SHA1withRSA")
            .authority(-1)
            .issueAuthority();
    assertTrusted(old.server(HOST), old);
  }

  @Test
  void aSmallRsaKeySignsNothing() throws Exception {
    TestCa small = TestCa.root("Small", TestCertificate.rsa(512));
    TestIdentity server = small.issue("CN=a").dns(HOST).signedWith("SHA256withRSA").issue();
    assertUntrusted("RSA key of 512 bits", server, small);
  }

  @Test
  void edwardsCurveSignaturesAreAccepted() throws Exception {
    TestCa ed = TestCa.root("Ed", TestCertificate.ed25519());
    assertTrusted(ed.server(HOST), ed);
  }

  @Test
  void aCriticalExtensionThatNobodyKnowsIsRefused() throws Exception {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4.5");
    TestIdentity server =
        root.issue("CN=a").dns(HOST).extension(unknown, true, DERNull.INSTANCE).issue();
    assertUntrusted("critical extension that is not understood (1.2.3.4.5)", server, root);
    TestIdentity harmless =
        root.issue("CN=a").dns(HOST).extension(unknown, false, DERNull.INSTANCE).issue();
    assertTrusted(harmless, root);
    TestCa one =
        root.issue("CN=One")
            .authority(-1)
            .extension(unknown, true, DERNull.INSTANCE)
            .issueAuthority();
    assertUntrusted("1.2.3.4.5", one.server(HOST), root);
  }

  @Test
  void nameConstraintsBindWhatIsBelowThem() throws Exception {
    TestCa onlyExample = constrained(new GeneralName(GeneralName.dNSName, "example"), null);
    assertTrusted(onlyExample.server(HOST), root);
    assertUntrusted("does not allow a name", onlyExample.server("host.invalid"), root);
    TestCa notExample = constrained(null, new GeneralName(GeneralName.dNSName, "host.example"));
    assertUntrusted("does not allow a name", notExample.server(HOST), root);
    assertTrusted("other.example", notExample.server("other.example"), root);
  }

  private TestCa constrained(@Nullable GeneralName permitted, @Nullable GeneralName excluded) {
    return root.issue("CN=Constrained")
        .authority(-1)
        .extension(
            Extension.nameConstraints,
            true,
            new NameConstraints(subtrees(permitted), subtrees(excluded)))
        .issueAuthority();
  }

  private static GeneralSubtree @Nullable [] subtrees(@Nullable GeneralName base) {
    return base == null ? null : new GeneralSubtree[] {new GeneralSubtree(base)};
  }

  @Test
  void signatureChecksAreBounded() throws Exception {
    TestIdentity server = root.intermediate("Same").server(HOST);
    List<X509Certificate> decoys = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      decoys.add(TestCa.root("Same").certificate());
    }
    assertUntrusted(
        "too many certificates", server.sending(decoys.toArray(new X509Certificate[0])), root);
  }

  @Test
  void untrustedOutweighsDatesAndDatesOutweighNames() throws Exception {
    TestIdentity stranger =
        TestCertificate.selfSigned("CN=x").dns("x.example").expiredDaysAgo(3).issue();
    assertProblem(Reason.CERT_UNTRUSTED, "self-signed", stranger, root);
    TestIdentity expired = root.issue("CN=x").dns("x.example").expiredDaysAgo(3).issue();
    assertProblem(Reason.CERT_EXPIRED, "\"CN=x\" expired 3 days ago, at ", expired, root);
    TestIdentity early = root.issue("CN=x").dns("x.example").validInDays(3).issue();
    assertProblem(Reason.CERT_NOT_YET_VALID, "\"CN=x\" becomes valid in 2 days", early, root);
    TestIdentity other = root.issue("CN=x").dns("x.example", "y.example").ip("192.0.2.7").issue();
    assertProblem(
        Reason.CERT_NAME, "for x.example, y.example, 192.0.2.7, not for host.example", other, root);
    TestIdentity commonName = root.issue("CN=host.example").issue();
    assertProblem(Reason.CERT_NAME, "the common name does not count", commonName, root);
  }

  @Test
  void anExpiredIntermediateIsNamed() throws Exception {
    TestCa expired = root.issue("CN=Old").authority(-1).expiredDaysAgo(2).issueAuthority();
    assertProblem(Reason.CERT_EXPIRED, "\"CN=Old\" expired 2 days ago", expired.server(HOST), root);
  }

  @Test
  void anExpiredRootIsNamed() throws Exception {
    TestCa expired =
        TestCertificate.selfSigned("CN=OldRoot").authority(-1).expiredDaysAgo(1).issueAuthority();
    assertProblem(
        Reason.CERT_EXPIRED, "\"CN=OldRoot\" expired 1 day ago", expired.server(HOST), expired);
  }

  @Test
  void theLastSecondOfValidityIsValid() throws Exception {
    TestIdentity server = root.server(HOST);
    Verification verification = verify(server, root);
    PeerChain chain = PeerChain.of(sent(server));
    long end = server.certificate().getNotAfter().toInstant().toEpochMilli();
    long start = server.certificate().getNotBefore().toInstant().toEpochMilli();
    assertNull(verification.problem(chain, HOST, end));
    assertNotNull(verification.problem(chain, HOST, end + 1));
    assertNull(verification.problem(chain, HOST, start));
    assertNotNull(verification.problem(chain, HOST, start - 1));
  }

  @Test
  void aChainThatWasSeenIsNotSearchedAgain() throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(root.certificate())));
    X509Certificate[] sent = sent(root.server(HOST));
    ChainVerifier.Seen first = verifier.look(sent);
    Verification verification = verifier.verify(first, sent);
    ChainVerifier.Seen second = verifier.look(sent.clone());
    assertSame(first, second);
    assertSame(verification, verifier.verify(second, sent));
    assertEquals(1, verifier.remembered());
  }

  @Test
  void whatIsRememberedDependsOnEveryCertificateSent() throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(root.certificate())));
    TestIdentity server = root.intermediate("One").server(HOST);
    assertNull(problem(verifier, server, HOST));
    assertNotNull(problem(verifier, server.sending(), HOST));
    assertNull(problem(verifier, server, HOST));
  }

  @Test
  void timeAndNameAreAskedAnewOfAChainThatWasSeen() throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(root.certificate())));
    TestIdentity server = root.server(HOST);
    assertNull(problem(verifier, server, HOST));
    assertNotNull(problem(verifier, server, "other.example"));
    Verification verification = verify(verifier, server);
    long later = Instant.now().plus(Duration.ofDays(60)).toEpochMilli();
    Verification.Problem problem = verification.problem(PeerChain.of(sent(server)), HOST, later);
    assertNotNull(problem);
    assertEquals(Reason.CERT_EXPIRED, problem.reason());
  }

  private static void assertTrusted(TestIdentity server, TestCa anchor) throws Exception {
    assertTrusted(HOST, server, anchor);
  }

  private static void assertTrusted(String name, TestIdentity server, TestCa anchor)
      throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(anchor.certificate())));
    assertNull(problem(verifier, server, name));
  }

  private static void assertUntrusted(String text, TestIdentity server, TestCa anchor)
      throws Exception {
    assertProblem(Reason.CERT_UNTRUSTED, text, server, anchor);
  }

  private static void assertProblem(Reason reason, String text, TestIdentity server, TestCa anchor)
      throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(anchor.certificate())));
    Verification.Problem problem = problem(verifier, server, HOST);
    assertNotNull(problem);
    assertEquals(reason, problem.reason(), problem.message());
    assertTrue(problem.message().contains(text), problem.message());
  }

  private static Verification.@Nullable Problem problem(
      ChainVerifier verifier, TestIdentity server, String name) throws Exception {
    return verify(verifier, server)
        .problem(PeerChain.of(sent(server)), name, System.currentTimeMillis());
  }

  private static Verification verify(TestIdentity server, TestCa anchor) throws Exception {
    return verify(new ChainVerifier(new Anchors(List.of(anchor.certificate()))), server);
  }

  private static Verification verify(ChainVerifier verifier, TestIdentity server)
      throws CertificateException {
    return verifier.verify(verifier.look(sent(server)), sent(server));
  }

  private static X509Certificate[] sent(TestIdentity server) {
    return server.chain().toArray(new X509Certificate[0]);
  }
}
