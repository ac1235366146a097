package io.sonde.net.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The textual encoding of certificates and keys (RFC 7468), read the forgiving way: text between
 * blocks is skipped, and so is a block whose base64 is broken.
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /**
   * One block.
   *
   * @param label what it says it is, such as {@code CERTIFICATE}
   * @param encrypted whether its headers say that it needs a password (RFC 1421)
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; copied by nobody.
  record Block(String label, boolean encrypted, byte[] der) {}

  /** The blocks of {@code text}, in order. */
  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    int end = -1;
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int next = text.indexOf(BEGIN, begin + BEGIN.length());
      if (end < begin) {
        end = text.indexOf(END, begin);
        if (end < 0) {
          return blocks;
        }
      }
      // If the next block begins first, this one was cut off.
      if (next < 0 || end < next) {
        String content = text.substring(begin + BEGIN.length(), end);
        int labelEnd = content.indexOf(DASHES);
        String label = content.substring(0, Math.max(0, labelEnd));
        if (labelEnd >= 0 && text.startsWith(label + DASHES, end + END.length())) {
          add(blocks, label, content.substring(labelEnd + DASHES.length()));
        }
      }
      begin = next;
    }
    return blocks;
  }

  private static void add(List<Block> blocks, String label, String body) {
    int lastHeader = body.lastIndexOf(": ");
    int base64Start = lastHeader < 0 ? 0 : Math.max(0, body.indexOf('\n', lastHeader));
    try {
      byte[] der = Base64.getDecoder().decode(withoutSpace(body.substring(base64Start)));
      boolean encrypted = lastHeader >= 0 && body.contains("ENCRYPTED");
      blocks.add(new Block(label, encrypted, der));
    } catch (IllegalArgumentException ignored) {
      // Not base64: skipped, as the class comment says.
    }
  }

  /** The bytes of base64; a loop over bytes, as a bundle is read while the JVM is cold. */
  private static byte[] withoutSpace(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int length = 0;
    for (byte b : bytes) {
      if (b != '\n' && b != '\r' && b != ' ' && b != '\t') {
        bytes[length++] = b;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The certificates of {@code text}, in order; those that do not parse are skipped. */
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(text)) {
      if (block.label().equals("CERTIFICATE")) {
        try {
          certificates.add(certificate(block.der()));
        } catch (CertificateException ignored) {
          // A bundle with one exotic certificate is still a bundle.
        }
      }
    }
    return certificates;
  }

  /** Parses one certificate. */
  static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
