package io.sonde.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate about to be issued. Valid from yesterday for a month if nothing else is said, with
 * a fresh P-256 key.
 */
public final class TestCertificate {
  private static final AtomicLong NEXT_SERIAL = new AtomicLong(0x1001);

  private record Ext(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {}

  private final KeyPair issuerKeys;
  private final X500Name issuer;
  private final List<X509Certificate> issuerChain;
  private final X500Name subject;
  private final List<GeneralName> names = new ArrayList<>();
  private final List<Ext> extensions = new ArrayList<>();
  private KeyPair keys;
  private boolean selfSigned;
  private String signatureAlgorithm = "";
  private BigInteger serial = BigInteger.valueOf(NEXT_SERIAL.getAndIncrement());
  private Instant notBefore = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(days(1));
  private Instant notAfter = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(days(30));

  private TestCertificate(
      KeyPair issuerKeys,
      X500Name issuer,
      List<X509Certificate> issuerChain,
      X500Name subject,
      KeyPair keys) {
    this.issuerKeys = issuerKeys;
    this.issuer = issuer;
    this.issuerChain = issuerChain;
    this.subject = subject;
    this.keys = keys;
  }

  /** One that an authority will sign. */
  static TestCertificate issuedBy(
      KeyPair issuerKeys, X500Name issuer, List<X509Certificate> issuerChain, X500Name subject) {
    return new TestCertificate(issuerKeys, issuer, issuerChain, subject, p256());
  }

  /** One that signs itself. */
  public static TestCertificate selfSigned(String subject) {
    return selfSigned(new X500Name(subject), p256());
  }

  /** One that signs itself, with these keys. */
  public static TestCertificate selfSigned(X500Name subject, KeyPair keys) {
    TestCertificate certificate = new TestCertificate(keys, subject, List.of(), subject, keys);
    certificate.selfSigned = true;
    return certificate;
  }

  /** A fresh P-256 key pair. */
  public static KeyPair p256() {
    return generate("EC", "secp256r1", 0);
  }

  /** A fresh P-521 key pair. */
  public static KeyPair p521() {
    return generate("EC", "secp521r1", 0);
  }

  /** A fresh RSA key pair; takes a moment. */
  public static KeyPair rsa(int bits) {
    return generate("RSA", "", bits);
  }

  /** A fresh Ed25519 key pair. */
  public static KeyPair ed25519() {
    return generate("Ed25519", "", 0);
  }

  private static KeyPair generate(String algorithm, String curve, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      } else if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Duration days(long count) {
    return Duration.ofDays(count);
  }

  /** Host names to list. */
  public TestCertificate dns(String... hosts) {
    for (String host : hosts) {
      names.add(new GeneralName(GeneralName.dNSName, host));
    }
    return this;
  }

  /** Addresses to list. */
  public TestCertificate ip(String... addresses) {
    for (String address : addresses) {
      names.add(new GeneralName(GeneralName.iPAddress, address));
    }
    return this;
  }

  /** Any other name to list. */
  public TestCertificate named(GeneralName name) {
    names.add(name);
    return this;
  }

  /** With these keys. */
  public TestCertificate keys(KeyPair pair) {
    if (selfSigned) {
      throw new IllegalStateException("a self-signed certificate is made with its keys");
    }
    keys = pair;
    return this;
  }

  /** Signed by that method. */
  public TestCertificate signedWith(String algorithm) {
    signatureAlgorithm = algorithm;
    return this;
  }

  /** With that serial number. */
  public TestCertificate serial(BigInteger number) {
    serial = number;
    return this;
  }

  /** Valid in that span. */
  public TestCertificate valid(Instant from, Instant to) {
    notBefore = from.truncatedTo(ChronoUnit.SECONDS);
    notAfter = to.truncatedTo(ChronoUnit.SECONDS);
    return this;
  }

  /** Valid from yesterday for so many days. */
  public TestCertificate validForDays(long count) {
    return valid(notBefore, Instant.now().plus(days(count)));
  }

  /** Expired so many days ago. */
  public TestCertificate expiredDaysAgo(long count) {
    return valid(Instant.now().minus(days(count + 90)), Instant.now().minus(days(count)));
  }

  /** Valid only in so many days. */
  public TestCertificate validInDays(long count) {
    return valid(Instant.now().plus(days(count)), Instant.now().plus(days(count + 90)));
  }

  /** With any extension. */
  public TestCertificate extension(
      ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    extensions.add(new Ext(oid, critical, value));
    return this;
  }

  /** For these purposes only. */
  public TestCertificate purposes(KeyPurposeId... purposes) {
    return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
  }

  /** An authority that allows so many intermediates below it; negative for no limit. */
  public TestCertificate authority(int pathLength) {
    extension(
        Extension.basicConstraints,
        true,
        pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
    return extension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  /** Issues it. It is sent with the chain of its issuer. */
  public TestIdentity issue() {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(sign());
    chain.addAll(issuerChain);
    return new TestIdentity(keys, List.copyOf(chain));
  }

  /** Issues it as an authority. */
  public TestCa issueAuthority() {
    return new TestCa(issue());
  }

  @SuppressWarnings("JavaUtilDate") // The builder takes nothing else.
  private X509Certificate sign() {
    try {
      PublicKey key = keys.getPublic();
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer,
              serial,
              Date.from(notBefore),
              Date.from(notAfter),
              subject,
              SubjectPublicKeyInfo.getInstance(key.getEncoded()));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(new GeneralName[0])));
      }
      for (Ext extension : extensions) {
        builder.addExtension(extension.oid, extension.critical, extension.value);
      }
      JcaContentSignerBuilder signer = new JcaContentSignerBuilder(algorithm());
      if (algorithm().endsWith("MGF1")) {
        signer.setProvider(new BouncyCastleProvider());
      }
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(signer.build(issuerKeys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  private String algorithm() {
    if (!signatureAlgorithm.isEmpty()) {
      return signatureAlgorithm;
    }
    return switch (issuerKeys.getPrivate().getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }
}
