package io.sonde.net.tls;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.jspecify.annotations.Nullable;

/** The name constraints that an authority puts on what stands below it (RFC 5280, 4.2.1.10). */
final class NameConstraintsCheck {
  private NameConstraintsCheck() {}

  /** In words, the first name of {@code path} that {@code authority} does not allow, or null. */
  static @Nullable String objection(X509Certificate authority, List<X509Certificate> path) {
    byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
    if (extension == null) {
      return null;
    }
    try {
      PKIXNameConstraintValidator validator = validator(extension);
      for (X509Certificate certificate : path) {
        check(validator, Certificate.getInstance(certificate.getEncoded()));
      }
      return null;
    } catch (NameConstraintValidatorException e) {
      return "does not allow a name below it: " + e.getMessage();
    } catch (CertificateEncodingException | RuntimeException ignored) {
      return "has name constraints that do not parse";
    }
  }

  private static PKIXNameConstraintValidator validator(byte[] extension) {
    NameConstraints constraints =
        NameConstraints.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    GeneralSubtree[] permitted = constraints.getPermittedSubtrees();
    if (permitted != null) {
      validator.intersectPermittedSubtree(permitted);
    }
    GeneralSubtree[] excluded = constraints.getExcludedSubtrees();
    if (excluded != null) {
      for (GeneralSubtree subtree : excluded) {
        validator.addExcludedSubtree(subtree);
      }
    }
    return validator;
  }

  private static void check(PKIXNameConstraintValidator validator, Certificate certificate)
      throws NameConstraintValidatorException {
    X500Name subject = certificate.getSubject();
    if (subject.getRDNs().length > 0) {
      validator.checkPermittedDN(subject);
      validator.checkExcludedDN(subject);
    }
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    Extension names =
        extensions == null ? null : extensions.getExtension(Extension.subjectAlternativeName);
    if (names == null) {
      return;
    }
    for (GeneralName name : GeneralNames.getInstance(names.getParsedValue()).getNames()) {
      validator.checkPermitted(name);
      validator.checkExcluded(name);
    }
  }
}
