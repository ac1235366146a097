package io.sonde.probe.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The two messages of {@code grpc.health.v1.Health/Check} as protocol buffers: one field each,
 * number 1; and the frame that carries a message, which is a mark of compression and a length.
 */
final class HealthMessages {
  /** Compressed or not, and four bytes of length. */
  static final int PREFIX_BYTES = 5;

  private static final int FIELD = 1;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_VARINT_BYTES = 10;

  private HealthMessages() {}

  /** A framed request for the health of a service. */
  static byte[] request(String service) {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    ByteBuf message = Unpooled.buffer();
    if (name.length > 0) {
      message.writeByte((FIELD << 3) | LENGTH_DELIMITED);
      int length = name.length;
      for (; length >= 0x80; length >>>= 7) {
        message.writeByte((length & 0x7f) | 0x80);
      }
      message.writeByte(length).writeBytes(name);
    }
    ByteBuf framed = Unpooled.buffer(PREFIX_BYTES + message.readableBytes());
    framed.writeByte(0).writeInt(message.readableBytes()).writeBytes(message);
    return ByteBufUtil.getBytes(framed);
  }

  /**
   * The status in a response message; what is not there is 0. Unknown fields are passed over.
   *
   * @throws IndexOutOfBoundsException if the message ends within a field
   * @throws IllegalArgumentException if it is malformed otherwise
   */
  static int servingStatus(ByteBuf message) {
    long status = 0;
    while (message.isReadable()) {
      long tag = varint(message);
      switch ((int) tag & 7) {
        case VARINT -> {
          long value = varint(message);
          status = tag >>> 3 == FIELD ? value : status;
        }
        case FIXED64 -> message.skipBytes(Long.BYTES);
        case LENGTH_DELIMITED -> {
          long length = varint(message);
          if (length < 0 || length > message.readableBytes()) {
            throw new IllegalArgumentException("a field that is longer than its message");
          }
          message.skipBytes((int) length);
        }
        case FIXED32 -> message.skipBytes(Integer.BYTES);
        default -> throw new IllegalArgumentException("a field of an unknown kind");
      }
    }
    return (int) status;
  }

  private static long varint(ByteBuf in) {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      byte b = in.readByte();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }
}
