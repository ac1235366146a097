package io.sonde.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses (RFC 4632, RFC 4291 section 2.3). One of IPv4-mapped addresses is one of
 * IPv4.
 *
 * @param network its first address
 * @param prefix how many leading bits its addresses share
 */
public record Cidr(InetAddress network, int prefix) {
  private static final int IP4_BITS = 32;
  private static final int MAPPED_BITS = 96;

  /** Clears the bits of {@code network} behind the prefix. */
  public Cidr {
    network = masked(network, prefix);
  }

  /**
   * Reads a block, or an address as the block that holds nothing else; strictly, so that {@code
   * 010.0.0.1} is none.
   *
   * @return null if the text is neither
   */
  public static @Nullable Cidr parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = IpLiteral.parse(literal);
    if (address == null) {
      return null;
    }
    int bits = address.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new Cidr(address, bits);
    }
    int prefix = number(text.substring(slash + 1));
    if (bits == IP4_BITS && literal.indexOf(':') >= 0) {
      prefix -= MAPPED_BITS;
    }
    return prefix < 0 || prefix > bits ? null : new Cidr(address, prefix);
  }

  /** Whether {@code text}, which is a block, names its first address. */
  boolean isWrittenAs(String text) {
    int slash = text.indexOf('/');
    return network.equals(IpLiteral.parse(slash < 0 ? text : text.substring(0, slash)));
  }

  private static int number(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !text.isEmpty() && text.length() <= 3 ? Integer.parseInt(text) : -1;
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
      bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As configuration writes it; a single address without its prefix. */
  @Override
  public String toString() {
    String text = network.getHostAddress();
    return prefix == network.getAddress().length * Byte.SIZE ? text : text + '/' + prefix;
  }
}
