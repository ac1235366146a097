package io.sonde.net.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;

/**
 * A server of 127.0.0.1 and its authority, with a key that is made anew and never leaves the
 * process. The certificates (RFC 5280) are put together by hand: the library that tests use for
 * that takes longer to load than all dry probes together.
 */
final class DryIdentity {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int UTF8_STRING = 0x0c;
  private static final int EXTENSIONS = 0xa3;
  private static final int MAX_SHORT_LENGTH = 0x7f;
  private static final int MAX_BYTE = 0xff;
  private static final int ONE_BYTE_OF_LENGTH = 0x81;
  private static final int TWO_BYTES_OF_LENGTH = 0x82;

  private static final byte[] VERSION_3 = hex("a003020102");
  private static final byte[] NO_UNUSED_BITS = hex("00");
  private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = hex("0603550403");

  /** From 2020 to 2049, as UTCTime: dry probes do not care what day it is. */
  private static final byte[] VALIDITY =
      der(SEQUENCE, ascii(0x17, "200101000000Z"), ascii(0x17, "491231235959Z"));

  /** basicConstraints, critical: an authority. */
  private static final byte[] OF_AUTHORITY = hex("300f0603551d130101ff040530030101ff");

  /** subjectAltName: 127.0.0.1. */
  private static final byte[] OF_SERVER = hex("300f0603551d110408300687047f000001");

  private final KeyPair keys;
  private final X509Certificate authority;
  private final X509Certificate server;

  DryIdentity() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
    authority = certificate(1, "sonde authority", OF_AUTHORITY);
    server = certificate(2, "sonde", OF_SERVER);
  }

  KeyPair keys() {
    return keys;
  }

  X509Certificate authority() {
    return authority;
  }

  X509Certificate server() {
    return server;
  }

  private X509Certificate certificate(int serial, String subject, byte[] extension)
      throws GeneralSecurityException {
    byte[] content =
        der(
            SEQUENCE,
            VERSION_3,
            new byte[] {0x02, 0x01, (byte) serial},
            ECDSA_WITH_SHA256,
            name("sonde authority"),
            VALIDITY,
            name(subject),
            keys.getPublic().getEncoded(),
            der(EXTENSIONS, der(SEQUENCE, extension)));
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(keys.getPrivate());
    signer.update(content);
    byte[] signature = der(0x03, NO_UNUSED_BITS, signer.sign());
    return Pem.certificate(der(SEQUENCE, content, ECDSA_WITH_SHA256, signature));
  }

  private static byte[] name(String text) {
    return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, ascii(UTF8_STRING, text))));
  }

  private static byte[] ascii(int tag, String text) {
    return der(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** One value: tag, length, content. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (content.size() > MAX_BYTE) {
      value.write(TWO_BYTES_OF_LENGTH);
      value.write(content.size() >> Byte.SIZE);
    } else if (content.size() > MAX_SHORT_LENGTH) {
      value.write(ONE_BYTE_OF_LENGTH);
    }
    value.write(content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }
}
