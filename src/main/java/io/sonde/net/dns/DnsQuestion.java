package io.sonde.net.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.CorruptedFrameException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One question for addresses and how it looks on the wire (RFC 1035 section 4).
 *
 * @param name the name, with its final dot; a valid one
 * @param type what to ask for
 * @param id by which the answer is known
 */
record DnsQuestion(String name, RecordType type, int id) {
  /** What fits into a datagram that no network on the way has to cut (RFC 6891 section 6.2.5). */
  static final int UDP_PAYLOAD_BYTES = 1232;

  private static final int HEADER_BYTES = 12;
  private static final int FLAG_RESPONSE = 0x8000;
  private static final int FLAG_AUTHORITATIVE = 0x0400;
  private static final int FLAG_TRUNCATED = 0x0200;
  private static final int FLAG_RECURSION_DESIRED = 0x0100;
  private static final int FLAG_RECURSION_AVAILABLE = 0x0080;
  private static final int RCODE_MASK = 0x000f;
  private static final int CLASS_INTERNET = 1;
  private static final int TYPE_OPT = 41;
  private static final int POINTER_MARK = 0xc0;

  /** Writes the query, with an EDNS0 record, in a buffer that the caller owns. */
  ByteBuf encode(ByteBufAllocator allocator) {
    ByteBuf out = allocator.directBuffer(HEADER_BYTES + name.length() + 16);
    out.writeShort(id).writeShort(FLAG_RECURSION_DESIRED);
    out.writeShort(1).writeShort(0).writeShort(0).writeShort(1);
    writeQuestion(out);
    out.writeByte(0).writeShort(TYPE_OPT).writeShort(UDP_PAYLOAD_BYTES).writeInt(0).writeShort(0);
    return out;
  }

  /** Whether {@code message} answers this question; its reader index stays. */
  boolean isAnsweredBy(ByteBuf message) {
    int start = message.readerIndex();
    int questionBytes = (name.equals(".") ? 1 : name.length() + 1) + 4;
    if (message.readableBytes() < HEADER_BYTES + questionBytes
        || message.getUnsignedShort(start) != id
        || (message.getUnsignedShort(start + 2) & FLAG_RESPONSE) == 0
        || message.getUnsignedShort(start + 4) != 1) {
      return false;
    }
    ByteBuf expected = message.alloc().heapBuffer(questionBytes);
    try {
      writeQuestion(expected);
      for (int i = 0; i < questionBytes; i++) {
        if (lower(expected.getByte(i)) != lower(message.getByte(start + HEADER_BYTES + i))) {
          return false;
        }
      }
      return true;
    } finally {
      expected.release();
    }
  }

  /** Whether the server cut {@code message}, an answer, to fit it into a datagram. */
  static boolean isTruncated(ByteBuf message) {
    return (message.getUnsignedShort(message.readerIndex() + 2) & FLAG_TRUNCATED) != 0;
  }

  /**
   * Reads an answer to this question.
   *
   * @throws CorruptedFrameException if the message is malformed
   */
  DnsAnswer read(ByteBuf message) {
    try {
      return readChecked(message.slice());
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptedFrameException("an answer that ends too early", e);
    }
  }

  private DnsAnswer readChecked(ByteBuf in) {
    int flags = in.getUnsignedShort(2);
    int answers = in.getUnsignedShort(6);
    int authorities = in.getUnsignedShort(8);
    int additionals = in.getUnsignedShort(10);
    in.skipBytes(HEADER_BYTES);
    skipName(in);
    in.skipBytes(4);
    List<InetAddress> addresses = new ArrayList<>(Math.min(answers, 8));
    for (int i = 0; i < answers; i++) {
      readRecord(in, addresses);
    }
    int rcode = (flags & RCODE_MASK) | extendedRcode(in, authorities, additionals);
    return new DnsAnswer(
        rcode,
        (flags & (FLAG_AUTHORITATIVE | FLAG_RECURSION_AVAILABLE)) == 0
            && answers == 0
            && additionals == 0,
        addresses);
  }

  private void readRecord(ByteBuf in, List<InetAddress> addresses) {
    skipName(in);
    int recordType = in.readUnsignedShort();
    int recordClass = in.readUnsignedShort();
    in.skipBytes(4);
    int length = in.readUnsignedShort();
    if (recordType != type.number() || recordClass != CLASS_INTERNET) {
      in.skipBytes(length);
      return;
    }
    if (length != type.addressBytes()) {
      throw new CorruptedFrameException(
          "expected an address of " + type.addressBytes() + " bytes, got " + length);
    }
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    addresses.add(AddressLiteral.address(bytes));
  }

  /** The upper bits of the response code (RFC 6891 section 6.1.3), in place. */
  private static int extendedRcode(ByteBuf in, int authorities, int additionals) {
    for (int i = 0; i < authorities + additionals; i++) {
      skipName(in);
      int recordType = in.readUnsignedShort();
      in.skipBytes(2);
      int ttl = in.readInt();
      in.skipBytes(in.readUnsignedShort());
      if (i >= authorities && recordType == TYPE_OPT) {
        return ttl >>> 24 << 4;
      }
    }
    return 0;
  }

  private static void skipName(ByteBuf in) {
    while (true) {
      int length = in.readUnsignedByte();
      if (length == 0) {
        return;
      }
      if ((length & POINTER_MARK) == POINTER_MARK) {
        in.skipBytes(1);
        return;
      }
      if ((length & POINTER_MARK) != 0) {
        throw new CorruptedFrameException("a label of an unknown kind");
      }
      in.skipBytes(length);
    }
  }

  private void writeQuestion(ByteBuf out) {
    int labelStart = 0;
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', labelStart)) {
      out.writeByte(dot - labelStart);
      for (int i = labelStart; i < dot; i++) {
        out.writeByte(name.charAt(i));
      }
      labelStart = dot + 1;
    }
    out.writeByte(0).writeShort(type.number()).writeShort(CLASS_INTERNET);
  }

  /** Names are equal whatever the case of their letters (RFC 4343). */
  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
