package io.sonde.net.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;

/**
 * Finds the names in an encoded certificate (RFC 5280, section 4.1) and leaves the rest unread: to
 * parse all the anchors that a machine trusts takes longer than the rest of a start.
 */
final class EncodedCertificate {
  private static final int SEQUENCE = 0x30;
  private static final int EXPLICIT_VERSION = 0xa0;
  private static final int LONG_LENGTH = 0x80;
  private static final int MOST_LENGTH_BYTES = 3;

  private EncodedCertificate() {}

  /** The encoded name of whom the certificate is about. */
  static ByteBuffer subject(byte[] der) throws CertificateException {
    try {
      ByteBuffer in = afterSignatureAlgorithm(der);
      skip(in); // issuer
      skip(in); // validity
      return element(in);
    } catch (BufferUnderflowException e) {
      throw new CertificateException("certificate is cut off", e);
    }
  }

  /** The encoded name of who signed the certificate. */
  static ByteBuffer issuer(byte[] der) throws CertificateException {
    try {
      return element(afterSignatureAlgorithm(der));
    } catch (BufferUnderflowException e) {
      throw new CertificateException("certificate is cut off", e);
    }
  }

  private static ByteBuffer afterSignatureAlgorithm(byte[] der) throws CertificateException {
    ByteBuffer in = ByteBuffer.wrap(der);
    enterSequence(in); // the certificate
    enterSequence(in); // what is signed of it
    in.mark();
    boolean versioned = (in.get() & 0xff) == EXPLICIT_VERSION;
    in.reset();
    if (versioned) {
      skip(in);
    }
    skip(in); // serial number
    skip(in); // signature algorithm
    return in;
  }

  private static void enterSequence(ByteBuffer in) throws CertificateException {
    if ((in.get() & 0xff) != SEQUENCE) {
      throw new CertificateException("not a certificate");
    }
    length(in);
  }

  private static ByteBuffer element(ByteBuffer in) throws CertificateException {
    int start = in.position();
    skip(in);
    return in.slice(start, in.position() - start);
  }

  private static void skip(ByteBuffer in) throws CertificateException {
    in.get(); // tag
    int length = length(in);
    in.position(in.position() + length);
  }

  private static int length(ByteBuffer in) throws CertificateException {
    int first = in.get() & 0xff;
    int length = first;
    if (first >= LONG_LENGTH) {
      int bytes = first - LONG_LENGTH;
      if (bytes == 0 || bytes > MOST_LENGTH_BYTES) {
        throw new CertificateException("certificate has a length that none can have");
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << Byte.SIZE) | (in.get() & 0xff);
      }
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }
}
