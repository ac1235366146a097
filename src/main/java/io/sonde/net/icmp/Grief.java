package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;

/**
 * An ICMP error: what became of a packet.
 *
 * @param type of the ICMP message (RFC 792; RFC 4443 section 3)
 * @param code of the ICMP message
 * @param mtu what the next link carries, where the message is that the packet was too long, else 0
 */
record Grief(boolean ip6, int type, int code, long mtu) {
  static final int UNREACHABLE_4 = 3;
  private static final int TOO_LONG_4 = 4;
  static final int TIME_EXCEEDED_4 = 11;
  static final int PARAMETER_4 = 12;

  private static final int UNREACHABLE_6 = 1;
  private static final int TOO_LONG_6 = 2;
  private static final int TIME_EXCEEDED_6 = 3;
  static final int PARAMETER_6 = 4;

  private static final int MTU_4 = 6;
  private static final int MTU_6 = 4;

  /** Whether the type is that of an error; redirects and source quenches are none. */
  static boolean isOne(boolean ip6, int type) {
    return ip6
        ? type >= UNREACHABLE_6 && type <= PARAMETER_6
        : type == UNREACHABLE_4 || type == TIME_EXCEEDED_4 || type == PARAMETER_4;
  }

  /** Reads the error that begins there and has at least a whole header. */
  static Grief read(ByteBuf packet, int start, boolean ip6) {
    int type = packet.getUnsignedByte(start);
    int code = packet.getUnsignedByte(start + 1);
    long mtu = ip6 ? packet.getUnsignedInt(start + MTU_6) : packet.getUnsignedShort(start + MTU_4);
    return of(ip6, type, code, mtu);
  }

  /** An error in whose message the MTU stands if there is one, else anything. */
  static Grief of(boolean ip6, int type, int code, long mtu) {
    return new Grief(ip6, type, code, isTooLong(ip6, type, code) ? mtu : 0);
  }

  /** What happened, in words. */
  String words() {
    if (isTooLong(ip6, type, code)) {
      return "the packet is too long for the next link" + (mtu > 0 ? ", which carries " + mtu : "");
    }
    if (type == (ip6 ? TIME_EXCEEDED_6 : TIME_EXCEEDED_4)) {
      return code == 0
          ? "the packet's time to live ended there"
          : "fragments were missing when the time to put them together was over";
    }
    if (type == (ip6 ? PARAMETER_6 : PARAMETER_4)) {
      return "the packet's header is not understood";
    }
    return ip6 ? unreachable6() : unreachable4();
  }

  private static boolean isTooLong(boolean ip6, int type, int code) {
    return ip6 ? type == TOO_LONG_6 : type == UNREACHABLE_4 && code == TOO_LONG_4;
  }

  private String unreachable4() {
    return switch (code) {
      case 0, 6, 11 -> "network unreachable";
      case 1, 7, 8, 12 -> "host unreachable";
      case 2 -> "protocol unreachable";
      case 3 -> "port unreachable";
      case 9, 10, 13 -> "administratively prohibited";
      default -> "destination unreachable, code " + code;
    };
  }

  private String unreachable6() {
    return switch (code) {
      case 0 -> "no route to the destination";
      case 1, 5 -> "administratively prohibited";
      case 3 -> "address unreachable";
      case 4 -> "port unreachable";
      case 6 -> "the route to the destination rejects";
      default -> "destination unreachable, code " + code;
    };
  }
}
