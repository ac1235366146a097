package io.sonde.net.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses as users write them, strictly: {@code 127.1}, {@code 010.0.0.1} and {@code
 * 0x7f.1} are names, not addresses, whatever the C library makes of them. IPv6 text follows RFC
 * 4291 section 2.2, with a zone after {@code %} (RFC 4007 section 11).
 */
public final class AddressLiteral {
  private static final int IP4_BYTES = 4;
  private static final int IP6_BYTES = 16;

  private AddressLiteral() {}

  /**
   * The address that {@code text} is, or null if it is not one. An IPv4-mapped IPv6 address is an
   * IPv4 address. A zone is kept for link-local addresses, where it means something; one that names
   * no interface of this machine is dropped.
   */
  public static @Nullable InetAddress parse(String text) {
    int length = text.length();
    if (length == 0) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      byte[] bytes = new byte[IP4_BYTES];
      return parseIp4(text, 0, length, bytes, 0) ? address(bytes) : null;
    }
    int percent = text.indexOf('%');
    int end = percent < 0 ? length : percent;
    byte[] bytes = new byte[IP6_BYTES];
    if (percent == length - 1 || !parseIp6(text, end, bytes)) {
      return null;
    }
    InetAddress address = address(bytes);
    return percent < 0 ? address : withZone(address, text.substring(percent + 1));
  }

  /** {@code address} without its zone. */
  static InetAddress withoutZone(InetAddress address) {
    return address instanceof Inet6Address ip6 && ip6.getScopeId() != 0
        ? address(ip6.getAddress())
        : address;
  }

  /** The address of these 4 or 16 bytes. */
  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("expected 4 or 16 bytes, got " + bytes.length, e);
    }
  }

  private static InetAddress withZone(InetAddress address, String zone) {
    boolean scoped = address.isLinkLocalAddress() || address.isMCLinkLocal();
    if (!(address instanceof Inet6Address) || !scoped) {
      return address;
    }
    int scope = scopeId(zone);
    try {
      return scope > 0 ? Inet6Address.getByAddress(null, address.getAddress(), scope) : address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The interface number of {@code zone}, or 0. */
  private static int scopeId(String zone) {
    try {
      NetworkInterface named = NetworkInterface.getByName(zone);
      return named == null ? Integer.parseInt(zone) : named.getIndex();
    } catch (SocketException | NumberFormatException ignored) {
      return 0;
    }
  }

  private static boolean parseIp4(String text, int from, int to, byte[] bytes, int offset) {
    int at = from;
    for (int part = 0; part < IP4_BYTES; part++) {
      if (part > 0 && (at >= to || text.charAt(at++) != '.')) {
        return false;
      }
      int start = at;
      int value = 0;
      while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      if (at == start || leadingZero || value > 255) {
        return false;
      }
      bytes[offset + part] = (byte) value;
    }
    return at == to;
  }

  private static boolean parseIp6(String text, int to, byte[] bytes) {
    int at = 0;
    int written = 0;
    int gap = -1;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < to && written < IP6_BYTES) {
      int end = endOfGroup(text, at, to);
      if (end < to && text.charAt(end) == '.') {
        if (written > IP6_BYTES - IP4_BYTES || !parseIp4(text, at, to, bytes, written)) {
          return false;
        }
        written += IP4_BYTES;
        at = to;
        break;
      }
      if (end == at) {
        return false;
      }
      int group = Integer.parseInt(text, at, end, 16);
      bytes[written++] = (byte) (group >> 8);
      bytes[written++] = (byte) group;
      at = end;
      if (at == to) {
        break;
      }
      if (text.charAt(at) != ':' || ++at == to) {
        return false;
      }
      if (text.charAt(at) == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = written;
        at++;
      }
    }
    return at == to && spread(bytes, written, gap);
  }

  /** Where the up to four hexadecimal digits from {@code at} on end. */
  private static int endOfGroup(String text, int at, int to) {
    int end = at;
    while (end < to && end - at < 4 && isHex(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Opens the gap that {@code ::} stands for, which must be at least one group. */
  private static boolean spread(byte[] bytes, int written, int gap) {
    if (gap < 0) {
      return written == IP6_BYTES;
    }
    if (written == IP6_BYTES) {
      return false;
    }
    int tail = written - gap;
    System.arraycopy(bytes, gap, bytes, IP6_BYTES - tail, tail);
    Arrays.fill(bytes, gap, IP6_BYTES - tail, (byte) 0);
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }
}
