package io.sonde.net.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sonde.config.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks against arithmetic of another kind. */
class AddressBlockTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void aBlockHoldsWhatSharesItsPrefix(int size) {
    Random random = new Random(size);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] network = bytes(random, size);
      int prefix = random.nextInt(size * 8 + 1);
      byte[] other = random.nextBoolean() ? near(random, network, prefix) : bytes(random, size);
      InetAddress address = address(other);
      if (address.getAddress().length != size || address(network).getAddress().length != size) {
        continue; // Happens to be IPv4-mapped.
      }
      AddressBlock block = AddressBlock.of(new Cidr(address(network), prefix));
      int shift = size * 8 - prefix;
      boolean expected =
          new BigInteger(1, network)
              .shiftRight(shift)
              .equals(new BigInteger(1, other).shiftRight(shift));
      assertEquals(expected, block.contains(AddressBits.of(address)), address + " in " + prefix);
    }
  }

  @Test
  void whatIsPrintedIsReadAgain() {
    Random random = new Random(7);
    for (int i = 0; i < ROUNDS; i++) {
      int size = random.nextBoolean() ? 4 : 16;
      InetAddress network = address(bytes(random, size));
      Cidr cidr = new Cidr(network, random.nextInt(network.getAddress().length * 8 + 1));
      assertEquals(cidr, Cidr.parse(cidr.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "10.0.0.256/8",
        "010.0.0.1",
        "0x7f.1",
        "127.1",
        "2130706433",
        "::/129",
        "fe80::1%eth0/64",
        "[::1]",
        "::1/ 8",
        "1.2.3.4 ",
        "localhost",
        "::ffff:1.2.3.4/95",
        "1::2::3"
      })
  void whatIsNoBlockIsRefused(String text) {
    assertNull(Cidr.parse(text));
  }

  @Test
  void aBlockOfMappedAddressesIsOneOfIp4() {
    assertEquals(Cidr.parse("127.0.0.0/8"), Cidr.parse("::ffff:127.1.2.3/104"));
    assertEquals("10.0.0.0/8", Objects.requireNonNull(Cidr.parse("10.1.2.3/8")).toString());
    assertEquals(Cidr.parse("1.2.3.4/32"), Cidr.parse("1.2.3.4"));
  }

  /** A word of an address wherever it begins, by arithmetic of another kind. */
  @Test
  void wordsOfAnAddressAreWhereTheyAre() {
    Random random = new Random(11);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = bytes(random, 16);
      bytes[0] |= 1;
      int at = random.nextInt(97);
      int expected = new BigInteger(1, bytes).shiftRight(96 - at).intValue();
      assertEquals(expected, AddressBits.of(address(bytes)).wordAt(at), "at " + at);
    }
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The same with one bit turned over, not far from the end of the prefix. */
  private static byte[] near(Random random, byte[] network, int prefix) {
    byte[] near = network.clone();
    int bit = Math.max(0, Math.min(network.length * 8 - 1, prefix - 2 + random.nextInt(4)));
    near[bit / 8] ^= (byte) (0x80 >> (bit % 8));
    return near;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
