package io.sonde.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.NetUtil;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
  @Test
  void anEmptyFileAsksThisMachine() {
    ResolvConf conf = ResolvConf.parse("", "host");
    assertEquals(List.of("127.0.0.1", "::1"), servers(conf));
    assertEquals(List.of(), conf.search());
    assertEquals(1, conf.ndots());
    assertEquals(5, conf.timeoutSeconds());
    assertEquals(2, conf.attempts());
    assertFalse(conf.rotate() || conf.singleRequest() || conf.tcpOnly());
  }

  @Test
  void theFirstThreeServersCountIfTheyAreAddresses() {
    ResolvConf conf =
        ResolvConf.parse(
            """
            nameserver
            nameserver dns.example
            nameserver 192.0.2.1:53
              nameserver\t192.0.2.1 trailing words
            nameserver 2001:db8::1
            # nameserver 192.0.2.8
            ; nameserver 192.0.2.9
            nameserver 192.0.2.3
            nameserver 192.0.2.4
            """,
            "host");
    assertEquals(List.of("192.0.2.1", "2001:db8::1", "192.0.2.3"), servers(conf));
  }

  @Test
  void theLastOfDomainAndSearchCounts() {
    assertEquals(
        List.of("b.example.", "c.example."),
        ResolvConf.parse("domain a.example\nsearch b.example c.example. .", "host").search());
    assertEquals(
        List.of("a.example."),
        ResolvConf.parse("search b.example\ndomain a.example", "host").search());
  }

  @Test
  void withoutEitherTheDomainOfTheHostIsSearched() {
    assertEquals(List.of("example."), ResolvConf.parse("", "host.example").search());
    assertEquals(List.of(), ResolvConf.parse("", "host.").search());
    assertEquals(List.of("a."), ResolvConf.parse("search a", "host.example").search());
  }

  @Test
  void optionsAreRead() {
    ResolvConf conf =
        ResolvConf.parse(
            "options ndots:3 timeout:7 attempts:4 rotate\noptions single-request use-vc edns0 x:y",
            "host");
    assertEquals(3, conf.ndots());
    assertEquals(7, conf.timeoutSeconds());
    assertEquals(4, conf.attempts());
    assertTrue(conf.rotate() && conf.singleRequest() && conf.tcpOnly());
  }

  @Test
  void optionsOutOfRangeAreMovedIntoIt() {
    ResolvConf high =
        ResolvConf.parse("options ndots:99 timeout:99999999999 attempts:99999999999", "host");
    assertEquals(List.of(15, 3600, 100), numbers(high));
    ResolvConf low = ResolvConf.parse("options ndots:-1 timeout:0 attempts:x", "host");
    assertEquals(List.of(0, 1, 1), numbers(low));
  }

  @Test
  void shortNamesAreSearchedFirst() {
    ResolvConf conf = ResolvConf.parse("search a.example b.example", "host");
    assertEquals(List.of("web.a.example.", "web.b.example.", "web."), conf.candidates("web"));
    assertEquals(
        List.of("web.x.", "web.x.a.example.", "web.x.b.example."), conf.candidates("web.x"));
  }

  @Test
  void ndotsMovesTheBorder() {
    ResolvConf two = ResolvConf.parse("search a.example\noptions ndots:2", "host");
    assertEquals(List.of("web.x.a.example.", "web.x."), two.candidates("web.x"));
    ResolvConf none = ResolvConf.parse("search a.example\noptions ndots:0", "host");
    assertEquals(List.of("web.", "web.a.example."), none.candidates("web"));
  }

  @Test
  void absoluteNamesAreNotSearched() {
    ResolvConf conf = ResolvConf.parse("search a.example", "host");
    assertEquals(List.of("web."), conf.candidates("web."));
  }

  @Test
  void hiddenServicesAreNotAskedFor() {
    ResolvConf conf = ResolvConf.parse("search a.example", "host");
    assertEquals(List.of("x.onion.a.example."), conf.candidates("x.onion"));
    assertEquals(List.of(), conf.candidates("X.Onion."));
  }

  @Test
  void namesThatGrowTooLongAreLeftOut() {
    ResolvConf conf = ResolvConf.parse("search " + "b.".repeat(30), "host");
    String longName = "a.".repeat(100) + "a";
    assertEquals(List.of(longName + "."), conf.candidates(longName));
  }

  private static List<Integer> numbers(ResolvConf conf) {
    return List.of(conf.ndots(), conf.timeoutSeconds(), conf.attempts());
  }

  private static List<String> servers(ResolvConf conf) {
    return conf.servers().stream().map(NetUtil::toAddressString).toList();
  }
}
