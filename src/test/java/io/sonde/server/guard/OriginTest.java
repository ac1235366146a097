package io.sonde.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static Origin of(String address) {
    return Origin.of(new InetSocketAddress(address, 80));
  }

  @Test
  void anIpv4AddressIsOneAndAnIpv6NetworkIsOne() {
    assertEquals(of("10.0.0.1"), Origin.of(new InetSocketAddress("10.0.0.1", 99)));
    assertNotEquals(of("10.0.0.1"), of("10.0.0.2"));
    assertEquals(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assertNotEquals(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assertEquals(of("::ffff:10.0.0.1"), of("10.0.0.1"));
  }

  @Test
  void whoComesWithoutAnAddressComesFromHere() {
    assertEquals(Origin.of(null), Origin.of(null));
    assertNotEquals(Origin.of(null), of("127.0.0.1"));
  }
}
