package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sonde.net.connect.LibC;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of {@code sendmsg(2)} and {@code recvmsg(2)}, laid out as 64-bit Linux wants it:
 * header, address, control messages, packet. Used again and again by one socket.
 */
final class MessageMemory {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int IOV = 16;
  private static final int IOV_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;

  private static final int VECTOR_AT = 56;
  private static final int ADDRESS_AT = 72;
  private static final int ADDRESS_BYTES = 32;
  private static final int CONTROL_AT = ADDRESS_AT + ADDRESS_BYTES;
  private static final int CONTROL_BYTES = 256;
  private static final int PACKET_AT = CONTROL_AT + CONTROL_BYTES;

  private static final int CONTROL_HEADER = 16;
  private static final int CONTROL_LEVEL = 8;
  private static final int CONTROL_TYPE = 12;

  private static final int IP4_AT = 4;
  private static final int IP4_NAME_BYTES = 16;
  private static final int IP6_AT = 8;
  private static final int IP6_SCOPE_AT = 24;
  private static final int IP6_NAME_BYTES = 28;
  private static final int IP4_BYTES = 4;
  private static final int IP6_BYTES = 16;

  /** Reads a control message. */
  interface ControlReader {
    /**
     * Is shown one.
     *
     * @param at where its data begin
     * @param length of its data
     */
    void read(int level, int type, ByteBuffer memory, int at, int length);
  }

  private ByteBuffer memory;
  private ByteBuf packet;
  private long address;

  MessageMemory(int packetBytes) {
    memory = ByteBuffer.allocateDirect(PACKET_AT + packetBytes).order(ByteOrder.nativeOrder());
    packet = Unpooled.EMPTY_BUFFER;
    settle();
  }

  /** Where the header lies. */
  long address() {
    return address;
  }

  /** Grows, if need be, until packets of that length have room. What is in it is lost then. */
  void makeRoom(int packetBytes) {
    if (memory.capacity() - PACKET_AT < packetBytes) {
      memory = ByteBuffer.allocateDirect(PACKET_AT + packetBytes).order(ByteOrder.nativeOrder());
      settle();
    }
  }

  private void settle() {
    address = LibC.address(memory);
    ByteBuffer part = memory.duplicate().position(PACKET_AT).slice();
    packet = Unpooled.wrappedBuffer(part);
    memory.putLong(NAME, address + ADDRESS_AT).putLong(IOV, address + VECTOR_AT);
    memory.putLong(IOV_COUNT, 1).putLong(VECTOR_AT, address + PACKET_AT);
  }

  /** Prepares to receive. */
  void clear() {
    memory.putInt(NAME_LENGTH, ADDRESS_BYTES).putInt(FLAGS, 0);
    memory.putLong(CONTROL, address + CONTROL_AT).putLong(CONTROL_LENGTH, CONTROL_BYTES);
    memory.putLong(VECTOR_AT + Long.BYTES, memory.capacity() - PACKET_AT);
  }

  /** Prepares to send a copy of {@code bytes}; there must be room. */
  void fill(InetAddress to, ByteBuf bytes) {
    int length = bytes.readableBytes();
    packet.clear().writeBytes(bytes, bytes.readerIndex(), length);
    memory.putLong(VECTOR_AT + Long.BYTES, length).putInt(FLAGS, 0);
    memory.putInt(NAME_LENGTH, writeAddress(memory, ADDRESS_AT, to));
    memory.putLong(CONTROL, 0).putLong(CONTROL_LENGTH, 0);
  }

  /** Adds a control message that is one number; the only one. */
  void control(int level, int type, int value) {
    memory.putLong(CONTROL_AT, CONTROL_HEADER + Integer.BYTES);
    memory.putInt(CONTROL_AT + CONTROL_LEVEL, level).putInt(CONTROL_AT + CONTROL_TYPE, type);
    memory.putLong(CONTROL_AT + CONTROL_HEADER, 0).putInt(CONTROL_AT + CONTROL_HEADER, value);
    memory.putLong(CONTROL, address + CONTROL_AT);
    memory.putLong(CONTROL_LENGTH, CONTROL_HEADER + Long.BYTES);
  }

  /** What was received: that many bytes. */
  ByteBuf received(int length) {
    return packet.setIndex(0, Math.min(length, packet.capacity()));
  }

  /** The address that came with what was received. */
  byte[] receivedAddress() {
    return readAddress(memory, ADDRESS_AT, memory.getInt(NAME_LENGTH));
  }

  /** Reads the control messages that came with what was received. */
  void readControl(ControlReader reader) {
    int end = CONTROL_AT + (int) Math.min(CONTROL_BYTES, memory.getLong(CONTROL_LENGTH));
    int at = CONTROL_AT;
    while (end - at >= CONTROL_HEADER) {
      long length = memory.getLong(at);
      if (length < CONTROL_HEADER || length > end - at) {
        return;
      }
      reader.read(
          memory.getInt(at + CONTROL_LEVEL),
          memory.getInt(at + CONTROL_TYPE),
          memory,
          at + CONTROL_HEADER,
          (int) length - CONTROL_HEADER);
      at += (int) (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
  }

  /** Writes a socket address without a port and tells its length. */
  static int writeAddress(ByteBuffer memory, int at, InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean ip6 = address instanceof Inet6Address;
    for (int i = 0; i < IP6_NAME_BYTES; i++) {
      memory.put(at + i, (byte) 0);
    }
    memory.putShort(at, (short) (ip6 ? AF_INET6 : AF_INET));
    for (int i = 0; i < bytes.length; i++) {
      memory.put(at + (ip6 ? IP6_AT : IP4_AT) + i, bytes[i]);
    }
    if (address instanceof Inet6Address scoped) {
      memory.putInt(at + IP6_SCOPE_AT, scoped.getScopeId());
    }
    return ip6 ? IP6_NAME_BYTES : IP4_NAME_BYTES;
  }

  /** The 4 or 16 bytes of a socket address; none if it is of another family or too short. */
  static byte[] readAddress(ByteBuffer memory, int at, int length) {
    int family = length < IP4_NAME_BYTES ? 0 : memory.getShort(at);
    boolean ip6 = family == AF_INET6 && length >= IP6_NAME_BYTES;
    byte[] bytes = new byte[ip6 ? IP6_BYTES : family == AF_INET ? IP4_BYTES : 0];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = memory.get(at + (ip6 ? IP6_AT : IP4_AT) + i);
    }
    return bytes;
  }
}
