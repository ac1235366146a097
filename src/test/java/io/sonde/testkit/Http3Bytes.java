package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/3 (RFC 9114 section 7) and fields of QPACK (RFC 9204), byte for byte. */
public final class Http3Bytes {
  /** The type of a frame with a piece of a body. */
  public static final int DATA = 0;

  /** The type of a frame with a field section. */
  public static final int HEADERS = 1;

  private static final int MAX_ONE_BYTE = 63;
  private static final int MAX_TWO_BYTES = 16_383;

  private Http3Bytes() {}

  /** A frame. */
  public static byte[] frame(int type, byte[] payload) {
    return frame(type, payload.length, payload);
  }

  /** A frame that says it has {@code length} bytes, whatever it has. */
  public static byte[] frame(int type, long length, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, type);
    number(out, length);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** A field section: names and values in turn, as literals. */
  public static byte[] section(String... namesAndValues) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(0);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text(out, 0x20, 7, namesAndValues[i]);
      text(out, 0, 127, namesAndValues[i + 1]);
    }
    return out.toByteArray();
  }

  /** A HEADERS frame of a response. */
  public static byte[] head(int status, String... namesAndValues) {
    String[] all = new String[namesAndValues.length + 2];
    all[0] = ":status";
    all[1] = Integer.toString(status);
    System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
    return frame(HEADERS, section(all));
  }

  /** A number as QUIC writes it (RFC 9000, section 16). */
  public static void number(ByteArrayOutputStream out, long value) {
    if (value <= MAX_ONE_BYTE) {
      out.write((int) value);
    } else if (value <= MAX_TWO_BYTES) {
      out.write(0x40 | (int) (value >> 8));
      out.write((int) value);
    } else {
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((shift == 56 ? 0xc0 : 0) | ((int) (value >> shift) & 0xff));
      }
    }
  }

  /** A text without Huffman coding; {@code most} is what its first byte can hold as a length. */
  private static void text(ByteArrayOutputStream out, int pattern, int most, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < most) {
      out.write(pattern | bytes.length);
    } else {
      out.write(pattern | most);
      int rest = bytes.length - most;
      while (rest >= 128) {
        out.write(rest % 128 | 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }
}
