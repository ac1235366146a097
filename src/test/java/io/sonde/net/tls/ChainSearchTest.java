package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Reason;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which chains are found. */
class ChainSearchTest extends VerifierFixture {
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
  void signatureChecksAreBounded() throws Exception {
    TestIdentity server = root.intermediate("Same").server(HOST);
    List<X509Certificate> decoys = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      decoys.add(TestCa.root("Same").certificate());
    }
    assertUntrusted(
        "too many certificates", server.sending(decoys.toArray(new X509Certificate[0])), root);
  }
}
