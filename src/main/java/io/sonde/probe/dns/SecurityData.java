package io.sonde.probe.dns;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Parts of the records that carry keys, signatures and proofs. */
final class SecurityData {
  private static final DateTimeFormatter TIME_FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private static final Map<Integer, String> CERTIFICATE_TYPES =
      Map.of(
          1, "PKIX", 2, "SPKI", 3, "PGP", 4, "IPIX", 5, "ISPKI", 6, "IPGP", 7, "ACPKIX", 8,
          "IACPKIX", 253, "URI", 254, "OID");

  private static final Map<Integer, String> ALGORITHMS =
      Map.ofEntries(
          Map.entry(1, "RSAMD5"),
          Map.entry(2, "DH"),
          Map.entry(3, "DSA"),
          Map.entry(5, "RSASHA1"),
          Map.entry(6, "DSA-NSEC3-SHA1"),
          Map.entry(7, "RSASHA1-NSEC3-SHA1"),
          Map.entry(8, "RSASHA256"),
          Map.entry(10, "RSASHA512"),
          Map.entry(12, "ECC-GOST"),
          Map.entry(13, "ECDSAP256SHA256"),
          Map.entry(14, "ECDSAP384SHA384"),
          Map.entry(15, "ED25519"),
          Map.entry(16, "ED448"),
          Map.entry(252, "INDIRECT"),
          Map.entry(253, "PRIVATEDNS"),
          Map.entry(254, "PRIVATEOID"));

  private static final int MAX_WINDOW_BYTES = 32;

  private SecurityData() {}

  /** A moment in seconds since 1970 (RFC 4034 section 3.2). */
  static void appendTime(WireReader in, StringBuilder out) throws MalformedMessageException {
    TIME_FORMAT.formatTo(Instant.ofEpochSecond(in.u32()), out);
  }

  /** RFC 4398 section 2.1. */
  static void appendCertificateType(WireReader in, StringBuilder out)
      throws MalformedMessageException {
    appendWord(out, in.u16(), CERTIFICATE_TYPES);
  }

  /** RFC 4034 appendix A.1, and what came later. */
  static void appendAlgorithm(WireReader in, StringBuilder out) throws MalformedMessageException {
    appendWord(out, in.u8(), ALGORITHMS);
  }

  /** RFC 5155 section 3.3. */
  static void appendSalt(WireReader in, StringBuilder out) throws MalformedMessageException {
    byte[] salt = in.string();
    out.append(salt.length == 0 ? "-" : PresentationText.upperHex(salt));
  }

  /** The types of a bitmap, each after a blank (RFC 4034 section 4.1.2). */
  static void appendTypes(WireReader in, StringBuilder out) throws MalformedMessageException {
    for (int last = -1; !in.atEnd(); ) {
      last = appendWindow(in, out, last);
    }
  }

  /** RFC 8005 section 5. */
  static void appendHostIdentity(WireReader in, StringBuilder out)
      throws MalformedMessageException {
    int tagLength = in.u8();
    int algorithm = in.u8();
    int keyLength = in.u16();
    byte[] tag = in.bytes(tagLength);
    byte[] key = in.bytes(keyLength);
    out.append(algorithm).append(' ').append(PresentationText.hex(tag)).append(' ');
    out.append(PresentationText.base64(key));
    while (!in.atEnd()) {
      out.append(' ').append(in.name());
    }
  }

  /** RFC 2930 section 2. */
  static void appendKeyExchange(WireReader in, StringBuilder out) throws MalformedMessageException {
    out.append(' ').append(in.name()).append(' ');
    appendTime(in, out);
    out.append(' ');
    appendTime(in, out);
    out.append(' ').append(in.u16()).append(' ').append(in.u16());
    for (int i = 0; i < 2; i++) {
      int length = in.u16();
      out.append(' ').append(length).append(' ').append(PresentationText.hex(in.bytes(length)));
    }
  }

  private static int appendWindow(WireReader in, StringBuilder out, int last)
      throws MalformedMessageException {
    in.need(2);
    int window = in.u8();
    int length = in.u8();
    if (window <= last || length == 0 || length > MAX_WINDOW_BYTES) {
      throw new MalformedMessageException("a list of types in disorder");
    }
    in.need(length);
    byte[] bits = in.bytes(length);
    for (int i = 0; i < 8 * length; i++) {
      if ((bits[i / 8] & (0x80 >>> (i % 8))) != 0) {
        out.append(' ').append(RecordText.typeText(window * 256 + i));
      }
    }
    return window;
  }

  private static void appendWord(StringBuilder out, int number, Map<Integer, String> words) {
    String word = words.get(number);
    out.append(word == null ? Integer.toString(number) : word);
  }
}
