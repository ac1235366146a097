package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads ICMP packets as sockets hand them over. Everything is foreign: what is too short, lies
 * about its length or is none of ours says nothing.
 */
final class IcmpReader {
  private static final int IP4_LEAST_HEADER = 20;
  private static final int IP4_FRAGMENT = 6;
  private static final int IP4_FRAGMENT_OFFSET = 0x1fff;
  private static final int IP4_PROTOCOL = 9;
  private static final int IP4_DESTINATION = 16;
  private static final int IP4_ADDRESS = 4;
  private static final int PROTOCOL_ICMP = 1;

  private static final int IP6_HEADER = 40;
  private static final int IP6_NEXT = 6;
  private static final int IP6_DESTINATION = 24;
  private static final int IP6_ADDRESS = 16;
  private static final int NEXT_ICMP = 58;
  private static final int NEXT_FRAGMENT = 44;
  private static final int FRAGMENT_HEADER = 8;
  private static final int FRAGMENT_OFFSET = 0xfff8;

  private IcmpReader() {}

  /**
   * What a packet says; null if that is nothing about an echo request.
   *
   * @param packet from a raw IPv4 socket with the header of IP, else without
   */
  static @Nullable IcmpNews read(ByteBuf packet, boolean ip6, SocketKind kind) {
    int start = packet.readerIndex();
    if (!ip6 && kind == SocketKind.RAW) {
      int header = ip4Header(packet, start);
      if (header < 0) {
        return null;
      }
      start += header;
    }
    int end = packet.writerIndex();
    if (end - start < EchoPacket.HEADER_BYTES) {
      return null;
    }
    // Raw sockets get packets before the kernel has looked at them, but for IPv6.
    if (!ip6 && kind == SocketKind.RAW && EchoPacket.checksum(packet, start, end) != 0) {
      return null;
    }
    int type = packet.getUnsignedByte(start);
    if (type == (ip6 ? EchoPacket.REPLY_6 : EchoPacket.REPLY_4)) {
      return answered(packet, start, end);
    }
    return Grief.isOne(ip6, type) ? lost(packet, start, ip6) : null;
  }

  /**
   * What an error from a socket's queue says; null if it is not about an echo request.
   *
   * @param quoted the request as far as it was quoted, without the header of IP
   * @param destination where it was sent to
   */
  static @Nullable IcmpNews readQueued(
      ByteBuf quoted, boolean ip6, byte[] destination, Grief grief) {
    int start = quoted.readerIndex();
    return isRequest(quoted, start, ip6) ? lost(quoted, start, destination, grief) : null;
  }

  private static @Nullable IcmpNews answered(ByteBuf packet, int start, int end) {
    int payload = start + EchoPacket.HEADER_BYTES;
    return packet.getUnsignedByte(start + 1) != 0
        ? null
        : new IcmpNews.Answered(
            packet.getUnsignedShort(start + EchoPacket.ID),
            packet.getUnsignedShort(start + EchoPacket.SEQUENCE),
            packet.slice(payload, end - payload));
  }

  private static @Nullable IcmpNews lost(ByteBuf packet, int start, boolean ip6) {
    int quoted = start + EchoPacket.HEADER_BYTES;
    int header = ip6 ? ip6Header(packet, quoted) : ip4Header(packet, quoted);
    if (header < 0 || !isRequest(packet, quoted + header, ip6)) {
      return null;
    }
    byte[] destination = new byte[ip6 ? IP6_ADDRESS : IP4_ADDRESS];
    packet.getBytes(quoted + (ip6 ? IP6_DESTINATION : IP4_DESTINATION), destination);
    return lost(packet, quoted + header, destination, Grief.read(packet, start, ip6));
  }

  private static IcmpNews lost(ByteBuf packet, int echo, byte[] destination, Grief grief) {
    return new IcmpNews.Lost(
        packet.getUnsignedShort(echo + EchoPacket.ID),
        packet.getUnsignedShort(echo + EchoPacket.SEQUENCE),
        destination,
        grief);
  }

  private static boolean isRequest(ByteBuf packet, int start, boolean ip6) {
    return packet.writerIndex() - start >= EchoPacket.HEADER_BYTES
        && packet.getUnsignedByte(start) == (ip6 ? EchoPacket.REQUEST_6 : EchoPacket.REQUEST_4);
  }

  /** How long the header of IP is that begins there, or negative if it is none of ICMP. */
  private static int ip4Header(ByteBuf packet, int start) {
    if (packet.writerIndex() - start < IP4_LEAST_HEADER) {
      return -1;
    }
    int first = packet.getUnsignedByte(start);
    int length = (first & 0xf) * Integer.BYTES;
    boolean whole =
        first >> 4 == 4
            && length >= IP4_LEAST_HEADER
            && packet.getUnsignedByte(start + IP4_PROTOCOL) == PROTOCOL_ICMP
            && (packet.getUnsignedShort(start + IP4_FRAGMENT) & IP4_FRAGMENT_OFFSET) == 0;
    return whole ? length : -1;
  }

  private static int ip6Header(ByteBuf packet, int start) {
    if (packet.writerIndex() - start < IP6_HEADER || packet.getUnsignedByte(start) >> 4 != 6) {
      return -1;
    }
    int next = packet.getUnsignedByte(start + IP6_NEXT);
    if (next == NEXT_ICMP) {
      return IP6_HEADER;
    }
    int fragment = start + IP6_HEADER;
    // A request that is longer than the path carries is sent in fragments.
    boolean first =
        next == NEXT_FRAGMENT
            && packet.writerIndex() - fragment >= FRAGMENT_HEADER
            && packet.getUnsignedByte(fragment) == NEXT_ICMP
            && (packet.getUnsignedShort(fragment + Short.BYTES) & FRAGMENT_OFFSET) == 0;
    return first ? IP6_HEADER + FRAGMENT_HEADER : -1;
  }
}
