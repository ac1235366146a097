package io.sonde.net.tls;

import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
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

/** What a certificate needs for its place in a chain. */
class CertificateRulesTest extends VerifierFixture {
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
}
