package io.sonde.net.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A set of certificates that are trusted as they are. A machine trusts some 140 of them and a chain
 * asks for one, so an anchor is parsed when it is first asked for. Found by the encoded name, byte
 * for byte, as Go does. Safe for use by several threads.
 */
final class Anchors {
  private static final Logger logger = LoggerFactory.getLogger(Anchors.class);

  private static final String NO_NAME = "";

  /** By their subject's encoded name. */
  private final Map<String, List<Anchor>> bySubject = new HashMap<>();

  Anchors(Collection<X509Certificate> certificates) {
    for (X509Certificate certificate : certificates) {
      try {
        add(certificate.getEncoded(), certificate);
      } catch (CertificateException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private Anchors() {}

  /** Anchors from their encodings (DER); what is none is left out. */
  static Anchors ofEncoded(Collection<byte[]> certificates) {
    Anchors anchors = new Anchors();
    for (byte[] certificate : certificates) {
      try {
        anchors.add(certificate, null);
      } catch (CertificateException e) {
        logger.debug("Left out of the trust anchors", e);
      }
    }
    return anchors;
  }

  private void add(byte[] der, @Nullable X509Certificate parsed) throws CertificateException {
    List<Anchor> namesakes =
        bySubject.computeIfAbsent(EncodedCertificate.subject(der), name -> new ArrayList<>(1));
    if (!contains(namesakes, der)) {
      namesakes.add(new Anchor(der, parsed));
    }
  }

  boolean contains(X509Certificate certificate) {
    try {
      byte[] der = certificate.getEncoded();
      return contains(bySubject.getOrDefault(EncodedCertificate.subject(der), List.of()), der);
    } catch (CertificateException e) {
      return false;
    }
  }

  private static boolean contains(List<Anchor> anchors, byte[] der) {
    for (Anchor anchor : anchors) {
      if (Arrays.equals(anchor.der, der)) {
        return true;
      }
    }
    return false;
  }

  /** The anchors that may have issued {@code certificate}: it names them as its issuer. */
  List<X509Certificate> namedBy(X509Certificate certificate) {
    List<X509Certificate> named = new ArrayList<>(1);
    for (Anchor anchor : bySubject.getOrDefault(issuer(certificate), List.of())) {
      try {
        named.add(anchor.certificate());
      } catch (CertificateException e) {
        logger.debug("Left out of the trust anchors", e);
      }
    }
    return named;
  }

  private static String issuer(X509Certificate certificate) {
    try {
      return EncodedCertificate.issuer(certificate.getEncoded());
    } catch (CertificateException e) {
      return NO_NAME;
    }
  }

  int size() {
    return bySubject.values().stream().mapToInt(List::size).sum();
  }

  private static final class Anchor {
    private final byte[] der;
    private volatile @Nullable X509Certificate parsed;

    Anchor(byte[] der, @Nullable X509Certificate parsed) {
      this.der = der;
      this.parsed = parsed;
    }

    X509Certificate certificate() throws CertificateException {
      X509Certificate known = parsed;
      if (known == null) {
        known = Pem.certificate(der);
        parsed = known;
      }
      return known;
    }
  }
}
