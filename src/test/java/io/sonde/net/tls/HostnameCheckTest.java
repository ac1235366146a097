package io.sonde.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostnameCheckTest {
  @ParameterizedTest
  @CsvSource({
    "host.example, host.example, true",
    "HOST.example, host.EXAMPLE, true",
    "host.example, host.example., true",
    "host.example, other.example, false",
    "host.example, sub.host.example, false",
    "*.example, host.example, true",
    "*.host.example, a.host.example, true",
    "*.host.example, a.b.host.example, false",
    "*.host.example, host.example, false",
    "*.host.example, .host.example, false",
    "*.host.example, A.HOST.example., true",
    "a*.host.example, ab.host.example, false",
    "*a.host.example, ba.host.example, false",
    "a.*.example, a.host.example, false",
    "*, host, false",
    "*, *, true",
    "localhost, localhost, true",
    "under_score.example, under_score.example, true",
    "*.under_score.example, a.under_score.example, true",
    "-dash.example, -dash.example, true",
    "host.example., host.example, false",
    "host.example., host.example., true",
    "*.host.example, a b.host.example, false",
    "not a name, Not A Name, true",
    "host..example, host..example, true",
  })
  void aNameMatchesAsBrowsersMatchIt(String listed, String wanted, boolean matches) {
    assertEquals(matches, check(listed).matches(wanted));
  }

  @Test
  void nothingMatchesAnEmptyName() {
    HostnameCheck check = new HostnameCheck(List.of("", ".", "*"), List.of());
    assertFalse(check.matches(""));
    assertFalse(check.matches("."));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "192.0.2.1, [192.0.2.1], true",
    "2001:db8::1, 2001:db8::1, true",
    "2001:db8::1, [2001:DB8:0::1], true",
    "fe80::1, fe80::1%eth0, true",
    "fe80::1, [fe80::1%eth0], true",
    "fe80::1, fe80::2, false",
    "127.0.0.1, 127.0.0.01, false",
    "127.0.0.1, 127.1, false",
  })
  void anAddressMatchesByItsBytes(String listed, String wanted, boolean matches) {
    byte[] address = Objects.requireNonNull(NetUtil.createByteArrayFromIpAddressString(listed));
    assertEquals(matches, new HostnameCheck(List.of(), List.of(address)).matches(wanted));
  }

  @Test
  void anAddressIsNeverLookedForAmongNames() {
    assertFalse(check("192.0.2.1").matches("192.0.2.1"));
    assertFalse(check("*.0.2.1").matches("192.0.2.1"));
  }

  @Test
  void aMappedAddressInTheCertificateIsTheIpv4Address() {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 10;
    mapped[15] = 1;
    assertTrue(new HostnameCheck(List.of(), List.of(mapped)).matches("10.0.0.1"));
  }

  private static HostnameCheck check(String listed) {
    return new HostnameCheck(List.of(listed), List.of());
  }
}
