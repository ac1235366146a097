package io.sonde.net.dns;

import static io.sonde.net.dns.Families.IP4;
import static io.sonde.net.dns.Families.IP4_FIRST;
import static io.sonde.net.dns.Families.IP6;
import static io.sonde.net.dns.Families.IP6_FIRST;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.RESOLVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.sonde.testkit.DnsPeer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest extends ResolverClaims {
  @Test
  void addressesComeInTheServersOrderThePreferredFamilyFirst() {
    peer.on(
        "web.example.", DnsPeer.addresses("192.0.2.9", "192.0.2.1", "2001:db8::9", "2001:db8::1"));
    assertEquals(
        List.of("2001:db8::9", "2001:db8::1", "192.0.2.9", "192.0.2.1"),
        lookups.find("web.example", IP6_FIRST));
    assertEquals(
        List.of("192.0.2.9", "192.0.2.1", "2001:db8::9", "2001:db8::1"),
        lookups.find("web.example", IP4_FIRST));
  }

  @Test
  void oneFamilyIsAskedForIfOneWillDo() {
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1", "2001:db8::1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
    assertEquals(List.of("2001:db8::1"), lookups.find("web.example", IP6));
    assertEquals(
        List.of("udp 127.0.0.1 A web.example.", "udp 127.0.0.1 AAAA web.example."), peer.queries());
  }

  @Test
  void nothingIsRemembered() {
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
    peer.on("web.example.", DnsPeer.addresses("192.0.2.2"));
    assertEquals(List.of("192.0.2.2"), lookups.find("web.example", IP4));
    peer.on("web.example.", DnsPeer.code(DnsResponseCode.NXDOMAIN));
    lookups.fail("web.example", IP4).failedIn(RESOLVE, NAME_NOT_FOUND);
    peer.on("web.example.", DnsPeer.addresses("192.0.2.3"));
    assertEquals(List.of("192.0.2.3"), lookups.find("web.example", IP4));
  }

  @Test
  void aNameThatDoesNotExistIsNotFound() {
    lookups
        .fail("web.example", IP6_FIRST)
        .failedIn(RESOLVE, NAME_NOT_FOUND)
        .saying("no address for \"web.example\"");
  }

  @Test
  void aNameWithoutAddressesOfTheFamilyIsNotFound() {
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1"));
    lookups
        .fail("web.example", IP6)
        .failedIn(RESOLVE, NAME_NOT_FOUND)
        .saying("no IPv6 address for \"web.example\"");
  }

  @Test
  void theAddressesBehindAnAliasAreTheNames() {
    peer.on("web.example.", DnsPeer.alias("other.example", "192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP4));
  }

  @Test
  void anAddressIsNotLookedUp() {
    assertEquals(List.of("192.0.2.1"), lookups.find("192.0.2.1", IP6_FIRST));
    assertEquals(List.of("2001:db8::1"), lookups.find("2001:db8::1", IP4_FIRST));
    lookups.fail("192.0.2.1", IP6).failedIn(RESOLVE, NAME_NOT_FOUND);
    assertEquals(List.of(), peer.queries());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.1", "010.0.0.1", "a..b", "-a.example", "b\u00fccher.example"})
  void whatIsNoNameIsNotAskedFor(String host) {
    lookups.fail(host, IP6_FIRST).failedIn(RESOLVE, NAME_NOT_FOUND);
    assertEquals(List.of(), peer.queries());
  }

  @Test
  void aHexadecimalSpellingIsAName() {
    peer.on("0x7f.1.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("0x7f.1", IP4));
  }

  @Test
  void localhostIsAskedForLikeAnyOther() {
    peer.on("localhost.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("localhost", IP4));
  }

  @Test
  void caseIsNobodysBusiness() {
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("WEB.Example", IP4));
  }

  @Test
  void searchGoesOnUntilANameHasAddresses() {
    lookups.resolvConf("nameserver 127.0.0.1\nsearch a.example b.example");
    peer.on("web.a.example.", DnsPeer.addresses());
    peer.on("web.b.example.", DnsPeer.addresses("192.0.2.1"));
    assertEquals(List.of("192.0.2.1"), lookups.find("web", IP4));
    assertEquals(
        List.of("udp 127.0.0.1 A web.a.example.", "udp 127.0.0.1 A web.b.example."),
        peer.queries());
  }

  @Test
  void anAbsoluteNameIsNotSearched() {
    lookups.resolvConf("nameserver 127.0.0.1\nsearch a.example");
    lookups.fail("web.", IP4).failedIn(RESOLVE, NAME_NOT_FOUND);
    assertEquals(List.of("udp 127.0.0.1 A web."), peer.queries());
  }

  @Test
  void oneRequestAtATimeIfTheFileSaysSo() {
    lookups.resolvConf("nameserver 127.0.0.1\noptions single-request");
    peer.on("web.example.", DnsPeer.addresses("192.0.2.1", "2001:db8::1"));
    assertEquals(List.of("2001:db8::1", "192.0.2.1"), lookups.find("web.example", IP6_FIRST));
    assertEquals(
        List.of("udp 127.0.0.1 AAAA web.example.", "udp 127.0.0.1 A web.example."), peer.queries());
  }

  @Test
  void oneFamilyWillDoIfTheOtherCannotBeFoundOut() {
    peer.on(
        "web.example.",
        question -> {
          if (question.type().name().equals("A")) {
            DnsPeer.addresses("192.0.2.1").on(question);
          } else {
            DnsPeer.code(DnsResponseCode.SERVFAIL).on(question);
          }
        });
    assertEquals(List.of("192.0.2.1"), lookups.find("web.example", IP6_FIRST));
    lookups
        .fail("web.example", IP6)
        .failedIn(RESOLVE, RESOLVER)
        .saying("SERVFAIL from 127.0.0.1:" + peer.port());
  }
}
