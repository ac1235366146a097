package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Puts an answer into one buffer: the head's fixed bytes, what varies, and the body. */
final class ResponseEncoder {
  /** What the answer says of the connection. */
  enum Connection {
    /** Nothing: HTTP/1.1 keeps it. */
    KEPT(""),
    /** For HTTP/1.0, which must be told. */
    KEPT_FOR_OLD("Connection: keep-alive\r\n"),
    /** It ends after this answer. */
    CLOSED("Connection: close\r\n");

    @SuppressWarnings("ImmutableEnumChecker") // an array that nobody changes
    private final byte[] field;

    Connection(String field) {
      this.field = ascii(field);
    }
  }

  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] DATE = ascii("Date: ");
  private static final byte[] LINE_END = ascii("\r\n");

  /** More than all fields take that are written here. */
  private static final int VARIABLE_BYTES = 160;

  private ResponseEncoder() {}

  /**
   * Encodes an answer.
   *
   * @param more fields that go with it, whatever it is
   * @param body what is sent in its first {@code sent} bytes
   * @param length what the answer says of the body's length: more than is sent, if nothing is sent
   *     because only the head was asked for
   */
  static ByteBuf encode(
      ByteBufAllocator allocator,
      ResponseHead head,
      ResponseFields more,
      byte[] date,
      Connection connection,
      byte[] body,
      int sent,
      int length) {
    byte[] fields = head.fields().lines();
    int fixed = head.statusLine().length + fields.length + more.lines().length;
    ByteBuf out = allocator.directBuffer(fixed + VARIABLE_BYTES + sent);
    out.writeBytes(head.statusLine()).writeBytes(fields).writeBytes(more.lines());
    out.writeBytes(CONTENT_LENGTH);
    writeNumber(out, length);
    out.writeBytes(LINE_END).writeBytes(DATE).writeBytes(date).writeBytes(LINE_END);
    return out.writeBytes(connection.field).writeBytes(LINE_END).writeBytes(body, 0, sent);
  }

  /** What a client waits for that asked before sending its body. */
  static ByteBuf goOn() {
    return Unpooled.wrappedBuffer(CONTINUE);
  }

  private static void writeNumber(ByteBuf out, int number) {
    int scale = 1;
    while (number / scale >= 10) {
      scale *= 10;
    }
    for (; scale > 0; scale /= 10) {
      out.writeByte('0' + number / scale % 10);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
