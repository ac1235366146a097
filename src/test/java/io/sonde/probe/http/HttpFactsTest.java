package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.STATUS;
import static io.sonde.probe.http.HttpSpecs.http;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Fact;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an http probe keeps beside its metrics, for people who ask why. */
class HttpFactsTest extends HttpClaims {
  @Test
  void eachHopTellsAddressRequestAndResponse() {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(peer, HttpPeer.redirect(302, "/new")).thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.response("404 Gone Fishing", ""));
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port());
    String url = "http://" + peer.address();
    assertEquals(
        List.of(
            new Fact.Request(0, "GET", url + "/"),
            new Fact.Address(0, remote),
            new Fact.Response(0, "HTTP/1.1", 302, "Elsewhere"),
            new Fact.Redirect(0, "/new", true),
            new Fact.Request(1, "GET", url + "/new"),
            new Fact.Address(1, remote),
            new Fact.Response(1, "HTTP/1.1", 404, "Gone Fishing")),
        probing(http(), peer).failsIn(CHECK, STATUS).result().facts());
  }

  @Test
  void anAddressThatRefusesIsTold() {
    try (DeadEnd deadEnd = DeadEnd.refusing()) {
      List<Fact> facts =
          probing(http(), "http://" + deadEnd.address() + "/")
              .failsIn(CONNECT, REFUSED)
              .result()
              .facts();
      assertTrue(facts.stream().anyMatch(Fact.Address.class::isInstance), facts::toString);
    }
  }

  @Test
  void credentialsOfALocationAreNotKept() {
    Peer peer = rig.closing(Peer.listening());
    String location = "http://joe:hunter2@" + peer.address() + "/";
    HttpPeer.answers(peer, HttpPeer.redirect(302, location)).thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok(""));
    String facts = probing(http(), peer).passes().result().facts().toString();
    assertFalse(facts.contains("hunter2"), facts);
  }

  @Test
  void longTextsAreCut() {
    Peer peer =
        rig.closing(HttpPeer.answering(HttpPeer.redirect(302, "ftp://a/" + "x".repeat(9_000))));
    String facts = probing(http(), peer).ends().result().facts().toString();
    assertTrue(facts.contains("(9008 characters)"), facts);
    assertTrue(facts.length() < 4_000, facts);
  }
}
