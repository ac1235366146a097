package io.sonde.net.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate must satisfy to have its place in a chain, apart from time and name (RFC 5280
 * section 6, as Go's {@code x509} applies it). Each method answers with an objection in words, or
 * with null if there is none.
 */
final class CertificateRules {
  /** Weaker keys prove nothing. */
  private static final int MIN_RSA_BITS = 1_024;

  /** Larger keys would let a hostile peer keep an event loop busy. */
  private static final int MAX_RSA_BITS = 8_192;

  private static final int KEY_USAGE_CERT_SIGN = 5;
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** No SHA-1, no MD5, no DSA; PSS is looked at more closely. */
  private static final Set<String> SIGNATURE_ALGORITHMS =
      Set.of(
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13",
          "1.2.840.10045.4.3.2",
          "1.2.840.10045.4.3.3",
          "1.2.840.10045.4.3.4",
          "1.3.101.112");

  private static final Set<ASN1ObjectIdentifier> PSS_HASHES =
      Set.of(
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512);

  /** Critical extensions that we understand, or that may be ignored without harm. */
  private static final Set<String> HANDLED_EXTENSIONS =
      Set.of(
          Extension.subjectKeyIdentifier.getId(),
          Extension.keyUsage.getId(),
          Extension.subjectAlternativeName.getId(),
          Extension.basicConstraints.getId(),
          Extension.nameConstraints.getId(),
          Extension.cRLDistributionPoints.getId(),
          Extension.certificatePolicies.getId(),
          Extension.policyMappings.getId(),
          Extension.authorityKeyIdentifier.getId(),
          Extension.policyConstraints.getId(),
          Extension.extendedKeyUsage.getId(),
          Extension.inhibitAnyPolicy.getId());

  private CertificateRules() {}

  /** Whether {@code certificate} demands something that nobody here understands. */
  static @Nullable String unhandledExtension(X509Certificate certificate) {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    if (critical == null) {
      return null;
    }
    Set<String> unhandled = new HashSet<>(critical);
    unhandled.removeAll(HANDLED_EXTENSIONS);
    return unhandled.isEmpty()
        ? null
        : "has a critical extension that is not understood (" + String.join(", ", unhandled) + ")";
  }

  /** Whether {@code parent} did not sign {@code child}, or may not have. */
  static @Nullable String signature(X509Certificate child, X509Certificate parent) {
    if (parent.getVersion() == 3 && parent.getBasicConstraints() < 0) {
      return "is no certificate authority";
    }
    boolean[] usage = parent.getKeyUsage();
    if (usage != null && !usage[KEY_USAGE_CERT_SIGN]) {
      return "may not sign certificates";
    }
    PublicKey key = parent.getPublicKey();
    if (key instanceof RSAKey rsa && !isUsable(rsa)) {
      return "has an RSA key of " + rsa.getModulus().bitLength() + " bits";
    }
    if (!isSound(child)) {
      return "signed by a method that is not secure (" + child.getSigAlgName() + ")";
    }
    try {
      child.verify(key);
      return null;
    } catch (GeneralSecurityException | RuntimeException ignored) {
      return "has another key than the one that signed";
    }
  }

  private static boolean isUsable(RSAKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
  }

  private static boolean isSound(X509Certificate signed) {
    if (!signed.getSigAlgOID().equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())) {
      return SIGNATURE_ALGORITHMS.contains(signed.getSigAlgOID());
    }
    byte[] params = signed.getSigAlgParams();
    return params != null
        && PSS_HASHES.contains(
            RSASSAPSSparams.getInstance(params).getHashAlgorithm().getAlgorithm());
  }

  /**
   * Whether {@code authority} must not stand above {@code path}.
   *
   * @param path from the leaf up to what the authority signed
   */
  static @Nullable String authority(
      X509Certificate authority, List<X509Certificate> path, boolean anchor) {
    String unhandled = unhandledExtension(authority);
    if (unhandled != null) {
      return unhandled;
    }
    int pathLength = authority.getBasicConstraints();
    if (!anchor && pathLength < 0) {
      return "is no certificate authority";
    }
    if (pathLength >= 0 && pathLength != NO_LIMIT && path.size() - 1 > pathLength) {
      return "allows " + pathLength + " intermediate certificates, there are " + (path.size() - 1);
    }
    return NameConstraintsCheck.objection(authority, path);
  }

  /** Whether a certificate of {@code chain} is not meant for peers of that role. */
  static @Nullable String usage(List<X509Certificate> chain, PeerRole role) {
    for (X509Certificate certificate : chain) {
      List<String> purposes;
      try {
        purposes = certificate.getExtendedKeyUsage();
      } catch (CertificateParsingException ignored) {
        return "the extended key usage of a certificate does not parse";
      }
      if (purposes != null
          && !purposes.contains(role.purpose())
          && !purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId())) {
        return "is not meant for " + role.words() + " (extended key usage)";
      }
    }
    return null;
  }
}
