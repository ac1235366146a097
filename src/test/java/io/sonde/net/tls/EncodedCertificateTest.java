package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sonde.testkit.TestCa;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EncodedCertificateTest {
  private static final X509Certificate CERTIFICATE =
      TestCa.root("Root").server("example.test").certificate();

  @Test
  void namesAreThoseThatAParserFinds() throws Exception {
    byte[] der = CERTIFICATE.getEncoded();
    assertArrayEquals(
        CERTIFICATE.getSubjectX500Principal().getEncoded(), bytes(EncodedCertificate.subject(der)));
    assertArrayEquals(
        CERTIFICATE.getIssuerX500Principal().getEncoded(), bytes(EncodedCertificate.issuer(der)));
  }

  @Test
  void whatIsCutOffBeforeItsNamesIsNoCertificate() throws Exception {
    byte[] der = CERTIFICATE.getEncoded();
    for (int length = 0; length < der.length; length++) {
      byte[] cut = Arrays.copyOf(der, length);
      assertThrows(CertificateException.class, () -> EncodedCertificate.subject(cut));
    }
  }

  @Test
  void lengthsThatNoneCanHaveAreRefused() {
    byte[] endless = {0x30, (byte) 0x80, 0x30, (byte) 0x80, 0, 0};
    byte[] huge = {0x30, (byte) 0x84, 0x7f, -1, -1, -1};
    assertThrows(CertificateException.class, () -> EncodedCertificate.subject(endless));
    assertThrows(CertificateException.class, () -> EncodedCertificate.issuer(huge));
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
