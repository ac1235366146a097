package io.sonde.net.tls;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates that peers send: what is shown of them, and whether they verify. */
public final class CertificateFuzz {
  private CertificateFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      // What BoringSSL hands over has been parsed by nobody yet.
      PeerChain.of(new X509Certificate[] {new LazyX509Certificate(data)});
    } catch (CertificateException ignored) {
      // No certificate, and said so.
    }
    try {
      X509Certificate certificate = Pem.certificate(data);
      byte[] encoded = certificate.getEncoded();
      String subject = EncodedCertificate.subject(encoded);
      String issuer = EncodedCertificate.issuer(encoded);
      if (subject.length() + issuer.length() > encoded.length) {
        throw new AssertionError("names larger than the certificate");
      }
      X509Certificate[] sent = {certificate, certificate};
      ChainVerifier verifier = new ChainVerifier(new Anchors(List.of(certificate)));
      verifier.verify(verifier.look(sent), sent);
    } catch (CertificateException | IllegalArgumentException ignored) {
      // No certificate, and said so.
    }
  }
}
