package io.sonde.probe.dns;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes of names and strings as zone files write them (RFC 1035 section 5.1). */
final class PresentationText {
  private static final String SPECIAL_IN_LABELS = ". '@;()\"\\";
  private static final String BASE32_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  private static final int BASE32_BITS = 5;
  private static final int HEX_GROUP_CHARS = 1024;

  private PresentationText() {}

  /** A byte of a label: what could be taken for something else is escaped. */
  static void appendLabelByte(StringBuilder out, int b) {
    if (b >= ' ' && b <= '~' && SPECIAL_IN_LABELS.indexOf(b) >= 0) {
      out.append('\\').append((char) b);
    } else {
      appendPrintable(out, b);
    }
  }

  /** The bytes of a string, without quotes around them. */
  static void appendString(StringBuilder out, byte[] bytes) {
    for (byte b : bytes) {
      appendStringByte(out, b & 0xff);
    }
  }

  /** The bytes of a string, in quotes. */
  static void appendQuoted(StringBuilder out, byte[] bytes) {
    out.append('"');
    appendString(out, bytes);
    out.append('"');
  }

  /** Strings in quotes, as many as there are, with a blank between. */
  static void appendStrings(WireReader in, StringBuilder out) throws MalformedMessageException {
    for (String blank = ""; !in.atEnd(); blank = " ") {
      out.append(blank);
      appendQuoted(out, in.string());
    }
  }

  /** Hexadecimal with a blank where it gets long. */
  static void appendGroupedHex(StringBuilder out, byte[] bytes) {
    String hex = hex(bytes);
    for (int i = 0; i < hex.length(); i += HEX_GROUP_CHARS) {
      out.append(i > 0 ? " " : "");
      out.append(hex, i, Math.min(hex.length(), i + HEX_GROUP_CHARS));
    }
  }

  /** In quotes, and backslashes among the bytes read as the beginning of an escape. */
  static void appendUnescapedQuoted(StringBuilder out, byte[] bytes) {
    out.append('"');
    for (int i = 0; i < bytes.length; i++) {
      int left = bytes.length - i;
      if (bytes[i] != '\\') {
        appendStringByte(out, bytes[i] & 0xff);
      } else if (left > 1 && bytes[i + 1] == '.') {
        out.append("\\.");
        i++;
      } else if (left > 3 && areDigits(bytes, i + 1)) {
        appendStringByte(out, decimal(bytes, i + 1) & 0xff);
        i += 3;
      } else if (left > 1) {
        i++;
        appendStringByte(out, bytes[i] & 0xff);
      }
    }
    out.append('"');
  }

  static boolean areDigits(byte[] bytes, int from) {
    for (int i = from; i < from + 3; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  static int decimal(byte[] bytes, int from) {
    return (bytes[from] - '0') * 100 + (bytes[from + 1] - '0') * 10 + bytes[from + 2] - '0';
  }

  private static void appendStringByte(StringBuilder out, int b) {
    if (b == '"' || b == '\\') {
      out.append('\\').append((char) b);
    } else {
      appendPrintable(out, b);
    }
  }

  /** A byte that is no printable ASCII character is written as three decimal digits. */
  static void appendPrintable(StringBuilder out, int b) {
    if (b >= ' ' && b <= '~') {
      out.append((char) b);
      return;
    }
    out.append('\\');
    out.append((char) ('0' + b / 100))
        .append((char) ('0' + b / 10 % 10))
        .append((char) ('0' + b % 10));
  }

  /** The bytes as characters, whatever they are. */
  static void appendRaw(StringBuilder out, byte[] bytes) {
    out.append(new String(bytes, StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String upperHex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  /** RFC 4648 section 7, without padding. */
  static String base32Hex(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length * 8 / BASE32_BITS + 1);
    int bits = 0;
    int value = 0;
    for (byte b : bytes) {
      value = (value << 8) | (b & 0xff);
      bits += 8;
      while (bits >= BASE32_BITS) {
        bits -= BASE32_BITS;
        out.append(BASE32_DIGITS.charAt((value >>> bits) & 0x1f));
      }
      value &= (1 << bits) - 1;
    }
    if (bits > 0) {
      out.append(BASE32_DIGITS.charAt((value << (BASE32_BITS - bits)) & 0x1f));
    }
    return out.toString();
  }
}
