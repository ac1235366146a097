package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** ICMP packets as they come from the network. */
final class Packets {
  private static final int TTL = 57;
  private static final int IP4_WORDS = 5;
  private static final int PROTOCOL_ICMP = 1;
  private static final int NEXT_ICMP = 58;
  private static final int NEXT_FRAGMENT = 44;

  private Packets() {}

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static byte[] request(boolean ip6, int id, int sequence, byte... payload) {
    ByteBuf packet = Unpooled.buffer();
    EchoPacket.write(packet, ip6, id, sequence, payload);
    return ByteBufUtil.getBytes(packet);
  }

  /** The reply to a request. */
  static byte[] replyTo(byte[] request) {
    boolean ip6 = (request[0] & 0xff) == EchoPacket.REQUEST_6;
    byte[] reply = request.clone();
    reply[0] = (byte) (ip6 ? EchoPacket.REPLY_6 : EchoPacket.REPLY_4);
    return ip6 ? reply : summed(reply);
  }

  /** An error that quotes a packet. */
  static byte[] error(boolean ip6, int type, int code, int rest, byte[] quoted) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(type).writeByte(code).writeShort(0).writeInt(rest).writeBytes(quoted);
    byte[] bytes = ByteBufUtil.getBytes(packet);
    return ip6 ? bytes : summed(bytes);
  }

  /** With the header of IPv4 in front, and that many words of options. */
  static byte[] ip4(InetAddress to, int optionWords, byte[] icmp) {
    ByteBuf packet = Unpooled.buffer();
    int header = (IP4_WORDS + optionWords) * Integer.BYTES;
    packet.writeByte(4 << 4 | IP4_WORDS + optionWords).writeByte(0);
    packet.writeShort(header + icmp.length).writeInt(0);
    packet.writeByte(TTL).writeByte(PROTOCOL_ICMP).writeShort(0);
    packet.writeInt(0x7f000001).writeBytes(to.getAddress());
    packet.writeZero(optionWords * Integer.BYTES).writeBytes(icmp);
    return ByteBufUtil.getBytes(packet);
  }

  /** With the header of IPv6 in front. */
  static byte[] ip6(InetAddress to, byte[] icmp) {
    return ip6(to, NEXT_ICMP, icmp);
  }

  /** With the headers of IPv6 and of its first fragment in front. */
  static byte[] ip6Fragment(InetAddress to, byte[] icmp) {
    ByteBuf fragment = Unpooled.buffer();
    fragment.writeByte(NEXT_ICMP).writeByte(0).writeShort(1).writeInt(7).writeBytes(icmp);
    return ip6(to, NEXT_FRAGMENT, ByteBufUtil.getBytes(fragment));
  }

  private static byte[] ip6(InetAddress to, int next, byte[] rest) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeInt(6 << 28).writeShort(rest.length).writeByte(next).writeByte(TTL);
    packet.writeZero(16).writeBytes(to.getAddress()).writeBytes(rest);
    return ByteBufUtil.getBytes(packet);
  }

  private static byte[] summed(byte[] icmp) {
    ByteBuf packet = Unpooled.wrappedBuffer(icmp);
    packet.setShort(EchoPacket.CHECKSUM, 0);
    packet.setShort(EchoPacket.CHECKSUM, EchoPacket.checksum(packet, 0, icmp.length));
    return icmp;
  }
}
