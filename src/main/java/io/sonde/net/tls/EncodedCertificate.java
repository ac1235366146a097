package io.sonde.net.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;

/**
 * Finds the names in an encoded certificate (RFC 5280, section 4.1) and leaves the rest unread: to
 * parse all the anchors that a machine trusts takes longer than the rest of a start. A name is told
 * as a text that has a character for each byte of its encoding, as a cold JVM hashes texts fastest.
 */
final class EncodedCertificate {
  private static final int SEQUENCE = 0x30;
  private static final int EXPLICIT_VERSION = 0xa0;
  private static final int LONG_LENGTH = 0x80;
  private static final int MOST_LENGTH_BYTES = 3;
  private static final int BYTE = 0xff;

  private final byte[] der;
  private int at;

  private EncodedCertificate(byte[] der) {
    this.der = der;
  }

  /** The encoded name of whom the certificate is about. */
  static String subject(byte[] der) throws CertificateException {
    try {
      EncodedCertificate in = afterSignatureAlgorithm(der);
      in.skip(); // issuer
      in.skip(); // validity
      return in.element();
    } catch (IndexOutOfBoundsException e) {
      throw new CertificateException("certificate is cut off", e);
    }
  }

  /** The encoded name of who signed the certificate. */
  static String issuer(byte[] der) throws CertificateException {
    try {
      return afterSignatureAlgorithm(der).element();
    } catch (IndexOutOfBoundsException e) {
      throw new CertificateException("certificate is cut off", e);
    }
  }

  private static EncodedCertificate afterSignatureAlgorithm(byte[] der)
      throws CertificateException {
    EncodedCertificate in = new EncodedCertificate(der);
    in.enterSequence(); // the certificate
    in.enterSequence(); // what is signed of it
    if ((der[in.at] & BYTE) == EXPLICIT_VERSION) {
      in.skip();
    }
    in.skip(); // serial number
    in.skip(); // signature algorithm
    return in;
  }

  private void enterSequence() throws CertificateException {
    if ((der[at++] & BYTE) != SEQUENCE) {
      throw new CertificateException("not a certificate");
    }
    length();
  }

  private String element() throws CertificateException {
    int start = at;
    skip();
    return new String(der, start, at - start, StandardCharsets.ISO_8859_1);
  }

  private void skip() throws CertificateException {
    at++; // tag
    int length = length();
    at += length;
  }

  private int length() throws CertificateException {
    int first = der[at++] & BYTE;
    int length = first;
    if (first >= LONG_LENGTH) {
      int bytes = first - LONG_LENGTH;
      if (bytes == 0 || bytes > MOST_LENGTH_BYTES) {
        throw new CertificateException("certificate has a length that none can have");
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << Byte.SIZE) | (der[at++] & BYTE);
      }
    }
    if (length > der.length - at) {
      throw new IndexOutOfBoundsException();
    }
    return length;
  }
}
