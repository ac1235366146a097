package io.sonde.net.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The IPv4 addresses within an IPv6 address: where a packet ends up once a translator or a tunnel
 * has had it. Judged as if they were connected to themselves.
 */
final class EmbeddedAddresses {
  /** {@code 64:ff9b::/96}, RFC 6052. */
  private static final long NAT64 = 0x0064_ff9b_0000_0000L;

  /** {@code 64:ff9b:1::/48}, RFC 8215, without its last 16 bits. */
  private static final long LOCAL_NAT64 = 0x0064_ff9b_0001L;

  private static final int TEREDO = 0x2001_0000;
  private static final int SIX_TO_FOUR = 0x2002;
  private static final int ISATAP = 0x0000_5efe;

  /** The bits of an interface identifier that say of whom it is unique. */
  private static final int UNIVERSAL_OR_GROUP = 0x0300_0000;

  private EmbeddedAddresses() {}

  static List<AddressBits> of(AddressBits address) {
    if (!address.ip6()) {
      return List.of();
    }
    List<AddressBits> found = new ArrayList<>(1);
    long high = address.high();
    int last = (int) address.low();
    int before = (int) (address.low() >>> Integer.SIZE);
    if (high == 0 && isAddressOfOldForm(before, last)) {
      found.add(AddressBits.ip4(last));
    }
    if (high == NAT64 && before == 0) {
      found.add(AddressBits.ip4(last));
    }
    if (high >>> 16 == LOCAL_NAT64) {
      addTranslated(address, found);
    }
    if ((int) (high >>> Integer.SIZE) == TEREDO) {
      // RFC 4380, section 4: the server, and the client with its bits turned over.
      found.add(AddressBits.ip4((int) high));
      found.add(AddressBits.ip4(~last));
    }
    if (high >>> 48 == SIX_TO_FOUR) {
      found.add(AddressBits.ip4(address.wordAt(16)));
    }
    if ((before & ~UNIVERSAL_OR_GROUP) == ISATAP) {
      found.add(AddressBits.ip4(last));
    }
    return found;
  }

  /**
   * IPv4-compatible and IPv4-mapped (RFC 4291, section 2.5.5), IPv4-translated (RFC 2765); {@code
   * ::} and {@code ::1} are themselves.
   */
  private static boolean isAddressOfOldForm(int before, int last) {
    boolean compatible = before == 0 && last != 0 && last != 1;
    return compatible || before == 0xffff || before == 0xffff_0000;
  }

  /**
   * The translator's prefix may have 48, 56, 64 or 96 bits (RFC 6052, section 2.2); bits 64 to 71
   * are no part of the address. Which of them it is nobody can see, so that each is judged that is
   * an address of some machine.
   */
  private static void addTranslated(AddressBits address, List<AddressBits> found) {
    found.add(AddressBits.ip4((int) address.low()));
    int high = (int) address.high();
    int low = address.wordAt(72);
    addUnlessZero((high << 16) | (low >>> 16), found);
    addUnlessZero((high << 24) | (low >>> 8), found);
    addUnlessZero(low, found);
  }

  private static void addUnlessZero(int word, List<AddressBits> found) {
    if (word >>> 24 != 0) {
      found.add(AddressBits.ip4(word));
    }
  }
}
