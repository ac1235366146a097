package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sonde.probe.Reason;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestCertificate;
import io.sonde.testkit.TestIdentity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/** What is asked of a chain at every probe, and what is remembered of it. */
class ChainVerifierTest extends VerifierFixture {
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
}
