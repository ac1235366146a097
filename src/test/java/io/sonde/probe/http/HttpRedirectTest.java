package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.CONNECT;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.NAME_NOT_FOUND;
import static io.sonde.probe.Reason.REDIRECT;
import static io.sonde.probe.Reason.REFUSED;
import static io.sonde.probe.Reason.STATUS;
import static io.sonde.probe.http.HttpProberTest.header;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.DeadEnd;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRedirectTest extends HttpClaims {
  @Test
  void aRedirectIsFollowed() {
    Peer peer = redirecting(302, "/new?a=b#c");
    Outcome outcome = probing(http(), peer).passes();
    outcome
        .inPhases(RESOLVE, CONNECT, PROCESSING, TRANSFER, CONNECT, PROCESSING, TRANSFER, CHECK)
        .shows(1, Metric.PROBE_HTTP_REDIRECTS)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    assertTrue(second(peer).startsWith("GET /new?a=b HTTP/1.1\r\n"), second(peer));
    assertEquals(peer.address(), header(second(peer), "Host"));
    assertEquals("http://" + peer.address() + "/", header(second(peer), "Referer"));
    assertTrue(outcome.notes(Level.INFO).contains("Received redirect"));
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET, ''",
    "302, POST, GET, ''",
    "303, PUT, GET, ''",
    "303, HEAD, HEAD, ''",
    "307, POST, POST, a=1",
    "308, PATCH, PATCH, a=1",
    "307, GET, GET, a=1"
  })
  void theStatusDecidesMethodAndBody(int status, String method, String next, String body) {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .reads(3)
            .sends(
                HttpPeer.redirect(status, "/new")
                    .replace("moved", method.equals("HEAD") ? "" : "moved"))
            .closes()
            .thenOnNextConnection()
            .readsUntil(END_OF_HEAD)
            .reads(body.length())
            .sends(HttpPeer.ok(""))
            .closes();
    HttpSpecs specs =
        http().method(method).body("a=1").header("Content-Type", "text/x").header("X-A", "1");
    probing(specs, peer).passes();
    assertTrue(second(peer).startsWith(next + " /new HTTP/1.1"), second(peer));
    assertTrue(second(peer).endsWith(END_OF_HEAD + body), second(peer));
    assertEquals(body.isEmpty() ? "(none)" : "text/x", header(second(peer), "Content-Type"));
    assertEquals("1", header(second(peer), "X-A"));
  }

  @Test
  void aBodyFileIsNotSentTwice(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("body"), "a");
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil("\r\n0" + END_OF_HEAD)
            .sends(HttpPeer.redirect(307, "/new"))
            .closes();
    HttpSpecs specs = http().method("POST").bodyFile(file.toString()).statusCodes(307);
    probing(specs, peer).passes().shows(0, Metric.PROBE_HTTP_REDIRECTS);
    assertEquals(1, peer.connections());
  }

  @Test
  void aBodyThatWasDroppedIsNotPickedUpAgain() {
    Peer peer = rig.closing(Peer.listening());
    peer.readsUntil(END_OF_HEAD + "a=1").sends(HttpPeer.redirect(303, "/1")).closes();
    peer.thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.redirect(307, "/2")).thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    HttpSpecs specs = http().method("POST").body("a=1").header("Content-Type", "text/x");
    probing(specs, peer).passes().shows(2, Metric.PROBE_HTTP_REDIRECTS);
    String third = peer.connection(2).received();
    assertTrue(third.startsWith("GET /2 HTTP/1.1") && third.endsWith(END_OF_HEAD), third);
    assertEquals("(none)", header(third, "Content-Type"));
  }

  @Test
  void aBodyFileEndsTheWayEvenIfItWasDroppedBefore(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("body"), "a");
    Peer peer = rig.closing(Peer.listening());
    peer.readsUntil("\r\n0" + END_OF_HEAD).sends(HttpPeer.redirect(303, "/1")).closes();
    peer.thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.redirect(307, "/2"));
    HttpSpecs specs = http().method("POST").bodyFile(file.toString()).statusCodes(307);
    probing(specs, peer).passes().shows(1, Metric.PROBE_HTTP_REDIRECTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 305, 306, 399, 200, 404})
  void onlyFiveStatusesRedirect(int status) {
    String answer = HttpPeer.redirect(status, "/new").replace(status == 304 ? "moved" : "\0", "");
    probing(http().statusCodes(status), rig.closing(HttpPeer.answering(answer)))
        .passes()
        .shows(0, Metric.PROBE_HTTP_REDIRECTS);
  }

  @Test
  void anEmptyLocationIsNone() {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, "")));
    probing(http().statusCodes(302), peer).passes().shows(0, Metric.PROBE_HTTP_REDIRECTS);
  }

  @Test
  void theFirstOfSeveralLocationsCounts() {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(peer, HttpPeer.redirect(302, "/1", "Location: /2")).thenOnNextConnection();
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    probing(http(), peer).passes();
    assertTrue(second(peer).startsWith("GET /1 HTTP/1.1"), second(peer));
  }

  @Test
  void withoutLocationItIsAnOrdinaryAnswer() {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.response("302 Found", "x")));
    probing(http(), peer).failsIn(CHECK, STATUS).shows(0, Metric.PROBE_HTTP_REDIRECTS);
  }

  @Test
  void anUnfollowedRedirectIsTheAnswerAndItsBodyIsChecked() {
    Peer peer = redirecting(301, "/new");
    HttpSpecs specs = http().notFollowing().statusCodes(301).failIfBodyNotMatches("^moved$");
    Outcome outcome = probing(specs, peer).passes();
    outcome
        .shows(1, Metric.PROBE_HTTP_REDIRECTS)
        .shows(301, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    assertTrue(outcome.notes(Level.INFO).contains("Not following redirect"));
    assertEquals(1, peer.connections());
  }

  @Test
  void theBodyOfAnUnfollowedRedirectIsDecoded() {
    byte[] gzip = ContentDecoderTest.Format.GZIP.encode("gone away".getBytes(US_ASCII));
    byte[] answer = HttpPeer.ok(gzip, "Location: /new");
    byte[] code = "301".getBytes(US_ASCII);
    System.arraycopy(code, 0, answer, "HTTP/1.1 ".length(), code.length);
    HttpSpecs specs =
        http().notFollowing().statusCodes(301).compression("gzip").failIfBodyNotMatches("^gone");
    probing(specs, rig.closing(HttpPeer.answering(answer)))
        .passes()
        .shows(9, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH)
        .shows(gzip.length, Metric.PROBE_HTTP_CONTENT_LENGTH);
  }

  @Test
  void theEleventhRedirectIsTheAnswer() {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, "/again")));
    probing(http(), peer)
        .failsIn(CHECK, REDIRECT)
        .shows(11, Metric.PROBE_HTTP_REDIRECTS)
        .shows(302, Metric.PROBE_HTTP_STATUS_CODE);
    assertEquals(11, peer.connections());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[::1/", "http://a:b/", "/%zz", ":", "http://a b/"})
  void aLocationThatIsNoUrlFailsTheRequest(String location) {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, location)));
    probing(http(), peer)
        .failsIn(PROCESSING, REDIRECT)
        .shows(0, Metric.PROBE_HTTP_REDIRECTS)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "mailto:joe@web.example", "http:///x", "http:x"})
  void aRedirectToSomethingElseThanHttpFailsTheRequest(String location) {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.redirect(302, location)));
    probing(http(), peer)
        .failsIn(PROCESSING, REDIRECT)
        .shows(1, Metric.PROBE_HTTP_REDIRECTS)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void aLocationWithoutEndFailsTheRequest() {
    String dots = "/" + "../a/".repeat(Redirects.MAX_LOCATION_CHARS / 5);
    probing(http(), redirecting(302, dots)).passes();
    String tooLong = "x".repeat(Redirects.MAX_LOCATION_CHARS + 1);
    probing(http(), redirecting(302, tooLong))
        .failsIn(PROCESSING, REDIRECT)
        .saying("has 65537 characters, more than 65536");
  }

  @Test
  void aRedirectToADeadEndFailsAndKeepsTheCount() {
    DeadEnd end = rig.closing(DeadEnd.refusing());
    Peer peer = redirecting(302, "http://" + end.address() + "/");
    probing(http(), peer)
        .failsIn(CONNECT, REFUSED)
        .shows(1, Metric.PROBE_HTTP_REDIRECTS)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void aRedirectToAnUnknownNameFails() {
    Peer peer = redirecting(302, "http://" + Network.UNKNOWN_NAME + "/");
    probing(http(), peer).failsIn(RESOLVE, NAME_NOT_FOUND).shows(4, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void aConfiguredRefererStays() {
    Peer peer = redirecting(302, "/new");
    probing(http().header("Referer", "http://me.example/"), peer).passes();
    assertEquals("http://me.example/", header(second(peer), "Referer"));
  }

  @Test
  void aLocationBeyondAsciiIsEscaped() {
    Peer peer = redirecting(302, "/grün weiß");
    probing(http(), peer).passes();
    assertTrue(second(peer).startsWith("GET /gr%C3%BCn%20wei%C3%9F HTTP/1.1\r\n"), second(peer));
  }

  private Peer redirecting(int status, String location) {
    Peer peer = rig.closing(Peer.listening());
    HttpPeer.answers(peer, HttpPeer.redirect(status, location)).thenOnNextConnection();
    return HttpPeer.answers(peer, HttpPeer.ok("hello"));
  }

  private static String second(Peer peer) {
    return peer.connection(1).received();
  }
}
