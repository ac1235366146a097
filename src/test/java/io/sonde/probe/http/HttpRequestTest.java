package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.HeaderBlock;
import io.sonde.config.Secret;
import io.sonde.probe.Metric;
import io.sonde.probe.Product;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest extends HttpClaims {
  @TempDir private Path folder;

  @Test
  void aPlainRequestHasFourLines() {
    Peer peer = goodPeer();
    probing(http(), "http://" + peer.address() + "/a?b=c#d").passes();
    assertEquals(
        "GET /a?b=c HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nConnection: close\r\n\r\n"
            .formatted(peer.address(), Product.USER_AGENT),
        peer.received());
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 127.0.0.1:PORT",
    "127.0.0.1:PORT, 127.0.0.1:PORT",
    "HTTP://Good.Example:PORT/, Good.Example:PORT",
    "good.example:PORT?x, good.example:PORT"
  })
  void theHostIsTheOneOfTheTarget(String target, String host) {
    Peer peer = goodPeer();
    String port = Integer.toString(peer.port());
    probing(http(), target.replace("PORT", port)).passes();
    assertEquals(host.replace("PORT", port), header(peer.received(), "Host"));
  }

  @Test
  void aConfiguredHostReplacesTheTargets() {
    Peer peer = goodPeer();
    probing(http().header("hOst", "other.example:81"), peer).passes();
    assertEquals("other.example:81", header(peer.received(), "Host"));
  }

  @Test
  void theHostnameParameterReplacesTheTargetsHost() {
    Peer peer = goodPeer();
    probing(http(), peer).asking("other.example").passes();
    assertEquals("other.example", header(peer.received(), "Host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.example\r\nX-Injected: 1", "a.example\nX-Injected: 1", "a b", "a/b", "\u0000"})
  void aHostnameParameterCannotSplitTheRequest(String hostname) {
    Peer peer = goodPeer();
    probing(http(), peer).asking(hostname).failsIn(SETUP, CONFIG).inPhases(RESOLVE);
    assertEquals(0, peer.connections());
  }

  @Test
  void headersAreSentUnderTheirUsualNames() {
    Peer peer = goodPeer();
    HttpSpecs specs =
        http()
            .header("x-b", "2")
            .header("X-A", " 1 ")
            .header("accept", "text/html")
            .header("accept-encoding", "gzip")
            .header("content-length", "99")
            .header("Transfer-Encoding", "chunked")
            .header("trailer", "X")
            .header("user-agent", "me");
    probing(specs, peer).passes();
    assertEquals(
        List.of("User-Agent: me", "Accept: text/html", "Accept-Encoding: gzip", "X-A: 1", "X-B: 2"),
        peer.received().lines().skip(2).limit(5).toList());
    assertEquals("(none)", header(peer.received(), "Content-Length"));
    assertEquals("(none)", header(peer.received(), "Transfer-Encoding"));
  }

  @Test
  void headersAreSortedAfterTheFramingWhereverTheyCameFrom() {
    Peer peer = bodyPeer(5);
    HeaderBlock block = new HeaderBlock(List.of("c"), List.of(), List.of());
    HttpSpecs specs =
        http().method("POST").body("grün").header("X-Z", "z").httpHeader("x-c", block);
    probing(specs.header("Cookie", "taste=good"), peer).passes();
    assertEquals(
        List.of("Host", "User-Agent", "Content-Length", "Cookie", "X-C", "X-Z", "Connection"),
        peer.received().lines().skip(1).limit(7).map(line -> line.split(":")[0]).toList());
  }

  @Test
  void anEmptyUserAgentIsNotSent() {
    Peer peer = goodPeer();
    probing(http().header("User-Agent", ""), peer).passes();
    assertEquals("(none)", header(peer.received(), "User-Agent"));
  }

  @Test
  void anUpgradeKeepsItsConnectionHeader() {
    Peer peer = goodPeer();
    HttpSpecs specs = http().header("Connection", "Upgrade").header("Upgrade", "h2c");
    probing(specs, peer).passes();
    assertEquals("Upgrade", header(peer.received(), "Connection"));
  }

  @ParameterizedTest
  @CsvSource({"x y, 1", "X-A, 'a\r\nX-Injected: 1'", "'X-A\r\nX', 1", "X-A, '\u0000'"})
  void anIllegalHeaderFailsTheRequestBeforeItIsSent(String name, String value) {
    Peer peer = goodPeer();
    Outcome outcome = probing(http().header(name, value), peer).failsIn(SETUP, CONFIG);
    outcome.inPhases(RESOLVE).shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "connect");
    assertEquals(0, peer.connections());
  }

  @ParameterizedTest
  @ValueSource(strings = {"G ET", "GET\r\n", "GÉT", "G:T"})
  void aMethodThatIsNoTokenFailsBeforeThereIsARequest(String method) {
    Peer peer = goodPeer();
    probing(http().method(method), peer)
        .failsIn(SETUP, CONFIG)
        .inPhases(RESOLVE)
        .shows(4, Metric.PROBE_IP_PROTOCOL);
    assertEquals(0, peer.connections());
  }

  @Test
  void aMethodIsSentAsWritten() {
    Peer peer = goodPeer();
    probing(http().method("pUrGe"), peer).passes();
    assertTrue(peer.received().startsWith("pUrGe / HTTP/1.1\r\n"));
  }

  @Test
  void furtherHeadersAreAddedValueByValue() throws IOException {
    Path file = Files.writeString(folder.resolve("value"), " from file \n");
    HeaderBlock block =
        new HeaderBlock(
            List.of("one", "two"), List.of(Secret.of("hidden")), List.of(file.toString()));
    Peer peer = goodPeer();
    probing(http().header("X-A", "zero").httpHeader("x-a", block), peer).passes();
    assertEquals("zero + one + two + hidden + from file", header(peer.received(), "X-A"));
  }

  @Test
  void theNextProbeGetsTheSameRequest() {
    Peer peer = goodPeer();
    var spec = http().header("X-A", "1").spec();
    for (int i = 0; i < 3; i++) {
      probing(spec, "http://" + peer.address()).passes();
    }
    assertEquals(peer.connection(0).received(), peer.connection(2).received());
  }

  @Test
  void processingTakesAsLongAsThePeerThinks() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .waitsForCue()
            .sends(HttpPeer.ok("hello"))
            .closes();
    var running = probing(http(), peer).starts().reaches(PROCESSING);
    peer.awaitCuePoint();
    peer.cue();
    running.ends().passed();
  }
}
