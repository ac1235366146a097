package io.sonde.probe.http;

import static io.sonde.probe.Phase.SETUP;
import static io.sonde.probe.Reason.CONFIG;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
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

/** What requests carry. */
class HttpRequestBodyTest extends HttpClaims {
  @TempDir private Path folder;

  @Test
  void anUnreadableBodyFileShowsNoPhasesOfARequest() {
    Outcome outcome =
        probing(http().bodyFile(folder.resolve("missing").toString()), goodPeer())
            .failsIn(SETUP, CONFIG)
            .saying("no such file");
    assertEquals(
        List.of(List.of("resolve")),
        outcome.series(Metric.PROBE_HTTP_DURATION_SECONDS).stream()
            .map(sample -> sample.labelValues())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void aMethodThatUsuallyHasABodySaysThatItHasNone(String method) {
    Peer peer = goodPeer();
    probing(http().method(method), peer).passes();
    assertEquals("0", header(peer.received(), "Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aBodyIsSentWithItsLength(String method) {
    Peer peer = bodyPeer(5);
    probing(http().method(method).body("grün"), peer).passes();
    assertEquals("5", header(peer.received(), "Content-Length"));
  }

  @Test
  void aLargeBodyIsSentWhole() {
    String body = "x".repeat(300_000) + "END";
    Peer peer = bodyPeer(300_003);
    probing(http().method("POST").body(body), peer).passes();
    assertEquals(300_003, peer.received().length() - peer.received().indexOf(END_OF_HEAD) - 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100_000})
  void aBodyFileIsSentInChunks(int length) throws IOException {
    Path file = Files.writeString(folder.resolve("body"), "y".repeat(length));
    int size = Integer.toHexString(length).length();
    Peer peer = bodyPeer(size + 2 + length + 2 + 5);
    probing(http().method("POST").bodyFile(file.toString()), peer).passes();
    assertEquals("chunked", header(peer.received(), "Transfer-Encoding"));
    assertTrue(
        peer.received()
            .endsWith(
                END_OF_HEAD
                    + Integer.toHexString(length)
                    + "\r\n"
                    + "y".repeat(length)
                    + "\r\n0"
                    + END_OF_HEAD));
  }

  @ParameterizedTest
  @CsvSource({"GET, (none)", "DELETE, (none)", "POST, chunked", "PURGE, chunked"})
  void anEmptyBodyFileIsNoBodyForMethodsThatHaveNone(String method, String coding)
      throws IOException {
    Path file = Files.writeString(folder.resolve("empty"), "");
    Peer peer = goodPeer();
    probing(http().method(method).bodyFile(file.toString()), peer).passes();
    assertEquals(coding, header(peer.received(), "Transfer-Encoding"));
  }

  @Test
  void aBodyWaitsForTheServerToAskForIt() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .waitsForCue()
            .sends("HTTP/1.1 100 Continue\r\n\r\n")
            .readsUntil("ping")
            .sends(HttpPeer.ok("pong"))
            .closes();
    var running =
        probing(http().method("POST").header("Expect", "100-continue").body("ping"), peer).starts();
    peer.awaitCuePoint();
    assertFalse(peer.received().contains("ping"));
    peer.cue();
    running.ends().passed();
  }

  @Test
  void aServerThatDoesNotAskGetsTheBodyAfterAMoment() {
    Peer peer = bodyPeer(4);
    probing(http().method("POST").header("Expect", "100-continue").body("ping"), peer).passes();
  }

  @Test
  void aFinalAnswerSparesTheBody() {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.response("417 No", "")));
    probing(http().header("Expect", "100-continue").body("ping").statusCodes(417), peer).passes();
    peer.connection(0).awaitEnd();
    assertFalse(peer.received().contains("ping"));
  }
}
