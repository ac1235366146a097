package io.sonde.net.policy;

import io.sonde.config.Cidr;

/** A CIDR block, ready to be compared with addresses. */
record AddressBlock(AddressBits network, long highMask, long lowMask) {
  static AddressBlock of(Cidr cidr) {
    AddressBits network = AddressBits.of(cidr.network());
    int prefix = network.ip6() ? cidr.prefix() : cidr.prefix() + 96;
    return new AddressBlock(network, mask(prefix), mask(prefix - Long.SIZE));
  }

  boolean contains(AddressBits address) {
    return address.ip6() == network.ip6()
        && (address.high() & highMask) == network.high()
        && (address.low() & lowMask) == network.low();
  }

  /** As many leading ones; all or none if there are more or less than can be. */
  private static long mask(int ones) {
    return ones <= 0 ? 0 : ones >= Long.SIZE ? -1 : -1L << (Long.SIZE - ones);
  }
}
