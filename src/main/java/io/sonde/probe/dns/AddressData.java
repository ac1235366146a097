package io.sonde.probe.dns;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses and identifiers of hosts within records. */
final class AddressData {
  private static final int IP4_BYTES = 4;
  private static final int IP6_BYTES = 16;
  private static final int NEGATION = 0x80;

  private AddressData() {}

  /** An IPv4 address. */
  static void append4(WireReader in, StringBuilder out) throws MalformedMessageException {
    appendAddress(out, in.bytes(IP4_BYTES));
  }

  /** An IPv4 address after a blank, if there is one. */
  static void append4IfAny(WireReader in, StringBuilder out) throws MalformedMessageException {
    if (!in.atEnd()) {
      out.append(' ');
      append4(in, out);
    }
  }

  /** An IPv6 address. */
  static void append6(WireReader in, StringBuilder out) throws MalformedMessageException {
    appendAddress(out, in.bytes(IP6_BYTES));
  }

  /** Bytes in hexadecimal with hyphens between (RFC 7043 section 3.2). */
  static void appendOctets(WireReader in, StringBuilder out, int count)
      throws MalformedMessageException {
    long value = in.number(count);
    for (int i = count - 1; i >= 0; i--) {
      out.append(String.format("%02x", (value >>> (8 * i)) & 0xff)).append(i > 0 ? "-" : "");
    }
  }

  /** Eight bytes in four groups with colons between (RFC 6742 section 2.1.2). */
  static void appendGroups(WireReader in, StringBuilder out, String format)
      throws MalformedMessageException {
    long value = in.u64();
    for (int shift = 48; shift >= 0; shift -= 16) {
      out.append(String.format(format, (value >>> shift) & 0xffff)).append(shift > 0 ? ":" : "");
    }
  }

  /** Address prefixes with a blank between (RFC 3123 section 4). */
  static void appendPrefixes(WireReader in, StringBuilder out) throws MalformedMessageException {
    for (String blank = ""; !in.atEnd(); blank = " ") {
      out.append(blank);
      appendPrefix(in, out);
    }
  }

  /** An address of 4 or 16 bytes; nothing if there are none. An IPv4 address in IPv6 shows both. */
  static void appendAddress(StringBuilder out, byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    try {
      InetAddress address =
          bytes.length == IP4_BYTES
              ? InetAddress.getByAddress(bytes)
              : Inet6Address.getByAddress(null, bytes, -1);
      out.append(NetUtil.toAddressString(address, true));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Whether the bytes of an IPv6 address hold an IPv4 address (RFC 4291 section 2.5.5.2). */
  static boolean isMapped(byte[] bytes) {
    if (bytes.length != IP6_BYTES || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum |= bytes[i];
    }
    return sum == 0;
  }

  private static void appendPrefix(WireReader in, StringBuilder out)
      throws MalformedMessageException {
    int family = in.u16();
    int prefix = in.u8();
    int flags = in.u8();
    int length = flags & ~NEGATION;
    int full = family == 1 ? IP4_BYTES : IP6_BYTES;
    if ((family != 1 && family != 2) || prefix > 8 * full || length > full) {
      throw new MalformedMessageException("an address prefix of an unknown kind");
    }
    byte[] given = length == 0 ? new byte[0] : in.bytes(length);
    if (given.length < length || (length > 0 && given[length - 1] == 0)) {
      throw new MalformedMessageException("an address prefix of the wrong length");
    }
    byte[] address = new byte[full];
    System.arraycopy(given, 0, address, 0, length);
    out.append((flags & NEGATION) == 0 ? "" : "!").append(family).append(':');
    appendAddress(out, address);
    out.append('/').append(prefix);
  }
}
