package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes header fields as HPACK (RFC 7541) without its tables and without Huffman codes: a
 * connection of one request has nothing to refer back to, and what no table holds, no setting of
 * the peer can upset.
 */
final class Hpack {
  private static final int LITERAL = 0x00;
  private static final int LITERAL_NEVER_INDEXED = 0x10;
  private static final int INDEXED = 0x80;
  private static final int LENGTH_PREFIX_BITS = 7;

  /** Entries of the static table (RFC 7541, appendix A). */
  private static final int AUTHORITY = 1;

  private static final int METHOD_GET = 2;
  private static final int METHOD_POST = 3;
  private static final int PATH_ROOT = 4;
  private static final int SCHEME_HTTP = 6;
  private static final int SCHEME_HTTPS = 7;

  private Hpack() {}

  /** The fields that say what is asked for, in the order in which Go sends them. */
  static void writeTarget(ByteBuf out, ClientRequest request, boolean secure) {
    out.writeByte(LITERAL | AUTHORITY);
    writeString(out, request.host());
    switch (request.method()) {
      case "GET" -> out.writeByte(INDEXED | METHOD_GET);
      case "POST" -> out.writeByte(INDEXED | METHOD_POST);
      default -> {
        out.writeByte(LITERAL | METHOD_GET);
        writeString(out, request.method());
      }
    }
    if (request.method().equals("CONNECT")) {
      return; // A tunnel has neither path nor scheme (RFC 9113, section 8.5).
    }
    if (request.target().equals("/")) {
      out.writeByte(INDEXED | PATH_ROOT);
    } else {
      out.writeByte(LITERAL | PATH_ROOT);
      writeString(out, request.target());
    }
    out.writeByte(INDEXED | (secure ? SCHEME_HTTPS : SCHEME_HTTP));
  }

  /**
   * Writes one field.
   *
   * @param name in lower case
   * @param secret whether no proxy on the way may put the value into its tables either
   */
  static void writeField(ByteBuf out, String name, String value, boolean secret) {
    out.writeByte(secret ? LITERAL_NEVER_INDEXED : LITERAL);
    writeString(out, name);
    writeString(out, value);
  }

  private static void writeString(ByteBuf out, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    int most = (1 << LENGTH_PREFIX_BITS) - 1;
    if (length < most) {
      out.writeByte(length);
    } else {
      out.writeByte(most);
      int rest = length - most;
      while (rest >= 0x80) {
        out.writeByte((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.writeByte(rest);
    }
    out.writeCharSequence(text, StandardCharsets.UTF_8);
  }
}
