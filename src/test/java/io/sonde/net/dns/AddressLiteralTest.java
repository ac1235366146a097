package io.sonde.net.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.1",
        "010.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..2.3",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.-4",
        "1.2.3.4%lo",
        "01.2.3.4",
        "1.2.3.00",
        "localhost",
        "a.b.c.d",
        "1.2.3.0000"
      })
  void looseSpellingsAreNotIp4Addresses(String text) {
    assertNull(AddressLiteral.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1:",
        ":1",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::g",
        "1:2:3:4:5:6:7::8",
        "::1.2.3",
        "::1.2.3.4.5",
        "::01.2.3.4",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1%",
        "%eth0",
        "[::1]",
        "::1.2.3.4:5",
        "::-1",
        "::\u0663"
      })
  void malformedIp6AddressesAreNot(String text) {
    assertNull(AddressLiteral.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "192.0.2.10", "1.0.0.200"})
  void ip4AddressesAreWhatTheySay(String text) {
    assertEquals(text, parsed(text).getHostAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "2001:DB8::aBcD, 2001:db8::abcd",
    "1::8, 1::8",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304"
  })
  void ip6AddressesAreWhatTheySay(String text, String canonical) {
    InetAddress address = parsed(text);
    assertInstanceOf(Inet6Address.class, address);
    assertArrayEquals(NetUtil.createByteArrayFromIpAddressString(canonical), address.getAddress());
  }

  @Test
  void mappedAddressesCountAsIp4() {
    assertInstanceOf(Inet4Address.class, parsed("::ffff:192.0.2.1"));
    assertInstanceOf(Inet4Address.class, parsed("::FFFF:c000:201"));
    assertInstanceOf(Inet4Address.class, parsed("::ffff:192.0.2.1%1"));
  }

  @Test
  void zonesByNameAndByNumberAreKept() throws Exception {
    NetworkInterface some = Collections.list(NetworkInterface.getNetworkInterfaces()).get(0);
    Inet6Address byName = (Inet6Address) parsed("fe80::1%" + some.getName());
    Inet6Address byNumber = (Inet6Address) parsed("fe80::1%" + some.getIndex());
    assertEquals(some.getIndex(), byName.getScopeId());
    assertEquals(some.getIndex(), byNumber.getScopeId());
    assertEquals(0, ((Inet6Address) AddressLiteral.withoutZone(byName)).getScopeId());
  }

  @Test
  void zonesThatMeanNothingAreDropped() {
    assertEquals(0, scopeOf("fe80::1%no-such-if0"));
    assertEquals(0, scopeOf("::1%1"));
  }

  private static int scopeOf(String text) {
    return ((Inet6Address) parsed(text)).getScopeId();
  }

  private static InetAddress parsed(String text) {
    return Objects.requireNonNull(AddressLiteral.parse(text), text);
  }
}
