package io.sonde.net.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An address as two numbers, so that a block of addresses is a mask. An IPv4 address is in the low
 * half.
 *
 * @param ip6 whether it is of IPv6: no block of the one family holds an address of the other
 */
record AddressBits(boolean ip6, long high, long low) {
  private static final int IP4_BYTES = 4;

  static AddressBits of(InetAddress address) {
    byte[] bytes = address.getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == IP4_BYTES
        ? ip4(buffer.getInt())
        : new AddressBits(true, buffer.getLong(), buffer.getLong());
  }

  static AddressBits ip4(int bits) {
    return new AddressBits(false, 0, Integer.toUnsignedLong(bits));
  }

  /** The 32 bits that begin behind the first {@code bits} ones of an IPv6 address. */
  int wordAt(int bits) {
    int behind = 2 * Long.SIZE - bits - Integer.SIZE;
    if (behind >= Long.SIZE) {
      return (int) (high >>> (behind - Long.SIZE));
    }
    long word = low >>> behind;
    return (int) (behind > Integer.SIZE ? word | (high << (Long.SIZE - behind)) : word);
  }
}
