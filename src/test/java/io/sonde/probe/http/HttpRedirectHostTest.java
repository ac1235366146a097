package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.HeaderBlock;
import io.sonde.config.Source;
import io.sonde.testkit.DnsPeer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.TestCa;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host a redirect leads to, and what goes there. */
class HttpRedirectHostTest extends HttpClaims {
  private Peer redirecting(int status, String location) {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(peer, HttpPeer.redirect(status, location)).thenOnNextConnection();
    return HttpPeer.answers(peer, HttpPeer.ok("hello"));
  }

  private static String second(Peer peer) {
    return peer.connection(1).received();
  }

  private static final String OTHER_NAME = "other.example";
  private static final String TWO_ADDRESSES = "two.example";

  @BeforeAll
  void knowOtherNames() {
    network
        .names()
        .on(OTHER_NAME + ".", DnsPeer.addresses("127.0.0.1"))
        .on("sub." + Network.GOOD_NAME + ".", DnsPeer.addresses("127.0.0.1"))
        .on(TWO_ADDRESSES + ".", DnsPeer.addresses("127.0.0.66", "127.0.0.1"));
  }

  @Test
  void whatBelongsToTheHostGoesBackToItByName() {
    Peer peer = rig.closing(Peer.listening());
    String url = "http://GOOD.example:" + peer.port() + "/in";
    HttpPeer.answers(peer, HttpPeer.redirect(302, url, "Set-Cookie: s=1; Path=/"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    HttpSpecs specs =
        http()
            .header("Cookie", "c=0")
            .header("X-A", "1")
            .basicAuth(Source.inline("joe"), Source.inline("secret"));
    probing(specs, "http://" + Network.GOOD_NAME + ":" + peer.port() + "/").passes();
    assertEquals("Basic am9lOnNlY3JldA==", header(second(peer), "Authorization"));
    assertEquals("c=0; s=1", header(second(peer), "Cookie"));
    assertEquals("GOOD.example:" + peer.port(), header(second(peer), "Host"));
    assertEquals(
        1, network.names().queries().stream().filter(q -> q.contains("GOOD.example")).count() + 1);
  }

  @Test
  void credentialsAndCookiesFollowFromHttpToHttpsOfOneName() {
    TestCa ca = TestCa.root("Root");
    Peer secure =
        rig.closing(Peer.listening()).startsTls(ca.server(Network.GOOD_NAME).jdkContext());
    Peer plain = rig.closing(Peer.listening());
    HttpPeer.answers(
            plain,
            HttpPeer.redirect(
                301, "https://" + Network.GOOD_NAME + ":" + secure.port() + "/", "Set-Cookie: s=1"))
        .thenOnNextConnection();
    HttpPeer.answers(
        secure, HttpPeer.redirect(302, "http://" + Network.GOOD_NAME + ":" + plain.port() + "/b"));
    HttpPeer.answers(plain, HttpPeer.ok("hello"));
    HttpSpecs specs =
        http().trusting(ca.pem()).basicAuth(Source.inline("joe"), Source.inline("secret"));
    probing(specs, "http://" + Network.GOOD_NAME + ":" + plain.port() + "/").passes();
    String encrypted = secure.received();
    assertEquals("Basic am9lOnNlY3JldA==", header(encrypted, "Authorization"));
    assertEquals("s=1", header(encrypted, "Cookie"));
    assertEquals("http://127.0.0.1:" + plain.port() + "/", header(encrypted, "Referer"));
    assertEquals("Basic am9lOnNlY3JldA==", header(second(plain), "Authorization"));
    assertEquals("(none)", header(second(plain), "Referer"));
  }

  @Test
  void whatAnotherHostSetsIsItsOwn() {
    Peer peer = rig.closing(Peer.listening());
    String port = ":" + peer.port();
    HttpPeer.answers(
            peer, HttpPeer.redirect(302, "http://" + OTHER_NAME + port + "/", "Set-Cookie: a=1"))
        .thenOnNextConnection();
    HttpPeer.answers(
            peer,
            HttpPeer.redirect(302, "/again", "Set-Cookie: b=2", "Set-Cookie: c=3; Domain=example"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.redirect(302, "http://" + Network.GOOD_NAME + port + "/"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    probing(http(), "http://" + Network.GOOD_NAME + port + "/").passes();
    assertEquals("(none)", header(second(peer), "Cookie"));
    assertEquals("b=2", header(peer.connection(2).received(), "Cookie"));
    assertEquals("a=1", header(peer.connection(3).received(), "Cookie"));
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER_NAME, "sub." + Network.GOOD_NAME, "127.0.0.1"})
  void noOtherHostIsToldAnySecret(String host) {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(
            peer,
            HttpPeer.redirect(
                302, "http://" + host + ":" + peer.port() + "/", "Set-Cookie: s=1; Path=/"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.redirect(302, "/back")).thenOnNextConnection();
    HttpPeer.answers(
            peer,
            HttpPeer.redirect(302, "http://" + Network.GOOD_NAME + ":" + peer.port() + "/home"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    HttpSpecs specs =
        http()
            .header("Cookie", "c=0")
            .header("X-Visible", "1")
            .httpHeader("Cookie2", new HeaderBlock(List.of("x"), List.of(), List.of()))
            .basicAuth(Source.inline("joe"), Source.inline("secret"));
    probing(specs, "http://u:p@" + Network.GOOD_NAME + ":" + peer.port() + "/").passes();
    for (int hop = 1; hop <= 3; hop++) {
      String request = peer.connection(hop).received();
      assertEquals("(none)", header(request, "Authorization"), request);
      assertEquals("(none)", header(request, "Cookie"), request);
      assertEquals("(none)", header(request, "Cookie2"), request);
      assertEquals("1", header(request, "X-Visible"), request);
    }
    assertEquals(
        "u:p",
        new String(
            java.util.Base64.getDecoder()
                .decode(header(peer.received(), "Authorization").substring(6)),
            java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  void credentialsOfALocationAreSentThere() {
    Peer peer = rig.closing(Peer.listening());
    String location = "http://joe:secret@" + OTHER_NAME + ":" + peer.port() + "/";
    HttpPeer.answers(peer, HttpPeer.redirect(302, location)).thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    Outcome outcome = probing(http(), peer).passes();
    assertEquals("Basic am9lOnNlY3JldA==", header(second(peer), "Authorization"));
    assertTrue(
        outcome.result().trail().stream()
            .noneMatch(entry -> entry.attributes().toString().contains("secret")));
  }

  @Test
  void aRelativeLocationKeepsTheConfiguredHost() {
    Peer peer = redirecting(302, "x");
    probing(http().header("Host", "virtual.example"), peer).passes();
    assertEquals("virtual.example", header(second(peer), "Host"));
  }

  @Test
  void anAbsoluteLocationBringsItsHost() {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(peer, HttpPeer.redirect(302, "http://" + peer.address() + "/x"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    probing(http().header("Host", "virtual.example"), peer).passes();
    assertEquals(peer.address(), header(second(peer), "Host"));
  }

  @Test
  void aLocationWithoutSchemeKeepsTheHostHeaderAndGoesElsewhere() {
    Peer other = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    Peer peer = redirecting(302, "//" + other.address() + "/x");
    String host = Network.GOOD_NAME + ":" + peer.port();
    probing(http(), "http://" + host + "/").passes();
    assertEquals(host, header(other.received(), "Host"));
  }

  @Test
  void aTargetThatIsAnAddressHasNoHostHeaderToKeep() {
    Peer other = rig.closing(HttpPeer.answering(HttpPeer.ok("hello")));
    Peer peer = redirecting(302, "//" + other.address() + "/x");
    probing(http(), peer).passes();
    assertEquals(other.address(), header(other.received(), "Host"));
  }

  @Test
  void addressesOfAnotherHostAreTriedInTurn() {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(
            peer, HttpPeer.redirect(302, "http://" + TWO_ADDRESSES + ":" + peer.port() + "/"))
        .thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    probing(http(), peer)
        .passes()
        .inPhases(
            RESOLVE,
            CONNECT,
            PROCESSING,
            TRANSFER,
            RESOLVE,
            CONNECT,
            CONNECT,
            PROCESSING,
            TRANSFER,
            CHECK);
  }
}
