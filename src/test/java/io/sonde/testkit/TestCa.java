package io.sonde.testkit;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * An authority made in memory for one test: no certificate lies in the tree, and none dies next
 * year.
 */
public final class TestCa {
  private final TestIdentity identity;
  private final boolean root;

  TestCa(TestIdentity identity) {
    this.identity = identity;
    X509Certificate certificate = identity.certificate();
    this.root = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** A root of that common name, valid for ten years. */
  public static TestCa root(String commonName) {
    return root(commonName, TestCertificate.p256());
  }

  /** A root with these keys. */
  public static TestCa root(String commonName, KeyPair keys) {
    return TestCertificate.selfSigned(new X500Name("CN=" + commonName), keys)
        .authority(-1)
        .validForDays(3_650)
        .issueAuthority();
  }

  /** Its certificate. */
  public X509Certificate certificate() {
    return identity.certificate();
  }

  /** Its keys. */
  public KeyPair keys() {
    return identity.keys();
  }

  /** Its certificate as PEM. */
  public String pem() {
    return TestIdentity.pem(certificate());
  }

  /** A certificate of that subject, such as {@code CN=a,O=b}, about to be issued. */
  public TestCertificate issue(String subject) {
    return issue(new X500Name(subject));
  }

  /** A certificate of that subject, about to be issued. */
  public TestCertificate issue(X500Name subject) {
    X500Name issuer = X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    List<X509Certificate> sentAlong = root ? List.of() : identity.chain();
    return TestCertificate.issuedBy(keys(), issuer, sentAlong, subject);
  }

  /** A server's certificate for these host names. */
  public TestIdentity server(String... hosts) {
    return issue("CN=" + hosts[0]).dns(hosts).issue();
  }

  /** An authority below this one. */
  public TestCa intermediate(String commonName) {
    return issue("CN=" + commonName).authority(-1).validForDays(1_000).issueAuthority();
  }
}
