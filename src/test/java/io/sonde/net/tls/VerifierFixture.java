package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Reason;
import io.sonde.testkit.TestCa;
import io.sonde.testkit.TestIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tests of verification share: an anchor, and ways to ask about a chain. */
abstract class VerifierFixture {
  static final String HOST = "host.example";

  final TestCa root = TestCa.root("Root");

  static long seconds(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().getEpochSecond();
  }

  static void assertTrusted(TestIdentity server, TestCa anchor) throws Exception {
    assertTrusted(HOST, server, anchor);
  }

  static void assertTrusted(String name, TestIdentity server, TestCa anchor) throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(anchor.certificate())));
    assertNull(problem(verifier, server, name));
  }

  static void assertUntrusted(String text, TestIdentity server, TestCa anchor) throws Exception {
    assertProblem(Reason.CERT_UNTRUSTED, text, server, anchor);
  }

  static void assertProblem(Reason reason, String text, TestIdentity server, TestCa anchor)
      throws Exception {
    ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(anchor.certificate())));
    Verification.Problem problem = problem(verifier, server, HOST);
    assertNotNull(problem);
    assertEquals(reason, problem.reason(), problem.message());
    assertTrue(problem.message().contains(text), problem.message());
  }

  static Verification.@Nullable Problem problem(
      ChainVerifier verifier, TestIdentity server, String name) throws Exception {
    return verify(verifier, server)
        .problem(PeerChain.of(sent(server)), name, System.currentTimeMillis());
  }

  static Verification verify(TestIdentity server, TestCa anchor) throws Exception {
    return verify(new ChainVerifier(new Anchors(List.of(anchor.certificate()))), server);
  }

  static Verification verify(ChainVerifier verifier, TestIdentity server)
      throws CertificateException {
    return verifier.verify(verifier.look(sent(server)), sent(server));
  }

  static X509Certificate[] sent(TestIdentity server) {
    return server.chain().toArray(new X509Certificate[0]);
  }
}
