package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;

/**
 * Echo requests as they are sent (RFC 792; RFC 4443 section 4.1): type, code, checksum, identifier,
 * sequence number, payload.
 */
final class EchoPacket {
  static final int HEADER_BYTES = 8;
  static final int CHECKSUM = 2;
  static final int ID = 4;
  static final int SEQUENCE = 6;

  static final int REQUEST_4 = 8;
  static final int REPLY_4 = 0;
  static final int REQUEST_6 = 128;
  static final int REPLY_6 = 129;

  private EchoPacket() {}

  /**
   * Writes a request. Its checksum is left to the kernel with IPv6, where it covers addresses that
   * only the kernel knows.
   */
  static void write(ByteBuf out, boolean ip6, int id, int sequence, byte[] payload) {
    int start = out.writerIndex();
    out.writeByte(ip6 ? REQUEST_6 : REQUEST_4).writeByte(0).writeShort(0);
    out.writeShort(id).writeShort(sequence).writeBytes(payload);
    if (!ip6) {
      out.setShort(start + CHECKSUM, checksum(out, start, out.writerIndex()));
    }
  }

  /**
   * The Internet checksum (RFC 1071) of some bytes; 0 if they hold their own and it is right.
   *
   * @param to the index after the last byte
   */
  static int checksum(ByteBuf bytes, int from, int to) {
    long sum = 0;
    int at = from;
    for (; at + 1 < to; at += Short.BYTES) {
      sum += bytes.getUnsignedShort(at);
    }
    if (at < to) {
      sum += (long) bytes.getUnsignedByte(at) << Byte.SIZE;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >> Short.SIZE);
    }
    return (int) ~sum & 0xffff;
  }
}
