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
    int begin = -1;
    // Bundles are read while the JVM is cold, so that text is looked through once.
    for (int at = text.indexOf(DASHES); at >= 0; at = text.indexOf(DASHES, at + DASHES.length())) {
      if (text.startsWith(BEGIN, at)) {
        // A block that has begun already was cut off.
        begin = at;
      } else if (begin >= 0 && text.startsWith(END, at)) {
        String content = text.substring(begin + BEGIN.length(), at);
        int labelEnd = content.indexOf(DASHES);
        String label = content.substring(0, Math.max(0, labelEnd));
        if (labelEnd >= 0 && text.startsWith(label + DASHES, at + END.length())) {
          add(blocks, label, content.substring(labelEnd + DASHES.length()));
        }
        begin = -1;
      }
    }
    return blocks;
  }

  private static void add(List<Block> blocks, String label, String body) {
    // Headers come first, if there are any.
    int firstLine = body.indexOf('\n', 1);
    int lastHeader = body.lastIndexOf(": ", firstLine) < 0 ? -1 : body.lastIndexOf(": ");
    int base64Start = lastHeader < 0 ? 0 : Math.max(0, body.indexOf('\n', lastHeader));
    try {
      byte[] der = Base64.getDecoder().decode(withoutSpace(body.substring(base64Start)));
      boolean encrypted = lastHeader >= 0 && body.contains("ENCRYPTED");
      blocks.add(new Block(label, encrypted, der));
    } catch (IllegalArgumentException ignored) {
      // Not base64: skipped, as the class comment says.
    }
  }

  /** The bytes of base64; a loop over bytes is what a cold JVM does fastest. */
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
