package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Whatever a socket hands over is about an echo request, or about nothing. */
public final class IcmpFuzz {
  private static final byte[] ADDRESS = {127, 0, 0, 1};

  private IcmpFuzz() {}

  /** The first byte chooses the socket, the rest is the packet. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    boolean ip6 = (data[0] & 1) != 0;
    SocketKind kind = (data[0] & 2) != 0 ? SocketKind.RAW : SocketKind.DATAGRAM;
    ByteBuf packet = Unpooled.wrappedBuffer(data, 1, data.length - 1);
    IcmpNews news =
        (data[0] & 4) != 0
            ? IcmpReader.readQueued(packet, ip6, ADDRESS, Grief.of(ip6, data[0] >> 3, 0, 0))
            : IcmpReader.read(packet, ip6, kind);
    if (news instanceof IcmpNews.Lost lost) {
      lost.grief().words();
      SendErrors.says(lost.destination());
    } else if (news instanceof IcmpNews.Answered answered
        && answered.payload().readableBytes() > data.length) {
      throw new AssertionError("more payload than packet");
    }
  }
}
