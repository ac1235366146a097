package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.RESOLVE;
import static io.sonde.probe.Phase.TLS;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.REDIRECT;
import static io.sonde.testkit.Http3Bytes.HEADERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.config.Source;
import io.sonde.probe.Metric;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Http3Bytes;
import io.sonde.testkit.Http3Exchange;
import io.sonde.testkit.Http3Peer;
import io.sonde.testkit.Network;
import io.sonde.testkit.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked over HTTP/3, and what is made of the answers. */
class Http3RequestTest extends Http3Claims {
  private static final int LARGE = 300_000;
  private static final int HUGE = 20 << 20;

  @Test
  void theRequestSaysNothingOfConnections() {
    Http3Peer peer = answering(exchange -> exchange.answers(200, "hello"));
    HttpSpecs specs =
        http3()
            .header("X-A", "b")
            .header("Connection", "keep-alive")
            .header("Transfer-Encoding", "chunked")
            .header("Cookie", "a=b; c=d");
    probing(specs.spec(), "https://" + peer.address() + "/x?y=z#t").passes();
    Http3Exchange request = peer.nextRequest();
    assertEquals("GET", request.value(":method"));
    assertEquals("https", request.value(":scheme"));
    assertEquals("/x?y=z", request.value(":path"));
    assertEquals(peer.address(), request.value(":authority"));
    assertEquals("b", request.value("x-a"));
    assertEquals("a=b + c=d", request.value("cookie"));
    for (String name :
        List.of("host", "connection", "transfer-encoding", "accept-encoding", "content-length")) {
      assertEquals("(none)", request.value(name), name);
    }
  }

  @Test
  void credentialsAreSentAsWithTheOtherVersions() {
    Http3Peer peer = answering(exchange -> exchange.answers(200, "hello"));
    probing(http3().basicAuth(Source.inline("u"), Source.inline("p")), peer).passes();
    assertEquals("Basic dTpw", peer.nextRequest().value("authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "HTTP://", "https://", ""})
  void anySchemeIsTakenForHttps(String scheme) {
    Http3Peer peer = answering(exchange -> exchange.answers(200, "hello"));
    Outcome outcome = probing(http3().spec(), scheme + peer.address()).passes();
    assertEquals("https", peer.nextRequest().value(":scheme"));
    assertEquals(
        scheme.equalsIgnoreCase("http://"),
        outcome.notes(Level.WARN).contains("HTTP/3 needs https, which is used instead of http"));
  }

  @Test
  void theHostnameIsVerifiedAndIsTheAuthority() {
    Http3Peer peer = starting(Http3Peer.with(SERVER).notingNames());
    probing(peer).asking(Network.GOOD_NAME).passes();
    assertEquals(Network.GOOD_NAME, peer.nextServerName());
    assertEquals(Network.GOOD_NAME, peer.nextRequest().value(":authority"));
  }

  @Test
  void anIp6TargetIsReached() {
    Http3Peer peer = starting(Http3Peer.with(ROOT.issue("CN=six").ip("::1").issue()).atIp6());
    probing(http3().spec(), "https://[::1]:" + peer.port())
        .passes()
        .shows(6, Metric.PROBE_IP_PROTOCOL);
  }

  @Test
  void aLargeBodyArrivesWhole() {
    Http3Peer peer = answering(exchange -> exchange.answers(200, "thanks"));
    String body = "x".repeat(LARGE);
    probing(http3().method("POST").body(body), peer).passes();
    Http3Exchange request = peer.nextRequest();
    assertEquals(LARGE, request.body().length());
    assertEquals(Integer.toString(LARGE), request.value("content-length"));
  }

  @Test
  void aServerMayAnswerWithoutReadingTheBody() {
    Http3Peer peer =
        starting(
            Http3Peer.with(SERVER)
                .answeringEarly(
                    exchange -> exchange.stopsReading(0x100).answers(200, "no, thanks")));
    probing(http3().method("POST").body("x".repeat(LARGE)), peer).passes();
  }

  @Test
  void aBodyWaitsForTheServerToAskForIt() {
    Http3Peer peer =
        starting(
            Http3Peer.with(SERVER)
                .answeringEarly(exchange -> exchange.head(100))
                .thenAnswering(exchange -> exchange.answers(200, exchange.body())));
    HttpSpecs specs = http3().method("POST").body("a=1").header("Expect", "100-continue");
    probing(specs, peer).passes().shows(3, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aHugeBodyIsCountedAndLetGo() {
    Http3Peer peer = answering(exchange -> exchange.head(200).floods(HUGE));
    probing(peer)
        .passes()
        .shows(HUGE, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH)
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH);
  }

  @Test
  void aBodyThatIsSearchedIsReadInPieces() {
    Http3Peer peer = answering(exchange -> exchange.head(200).data("x".repeat(LARGE)).ends());
    probing(http3().failIfBodyNotMatches("x{100}$"), peer)
        .passes()
        .shows(LARGE, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void answersWithoutBodyMayTellItsLength() {
    probing(http3().method("HEAD"), answering(ends(200, "content-length", "7")))
        .passes()
        .shows(7, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(0, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    probing(http3().statusCodes(304), answering(ends(304, "content-length", "7")))
        .passes()
        .shows(7, Metric.PROBE_HTTP_CONTENT_LENGTH);
    probing(answering(ends(204))).passes().shows(0, Metric.PROBE_HTTP_CONTENT_LENGTH);
  }

  @Test
  void trailersAreNoHarm() {
    byte[] trailers = Http3Bytes.frame(HEADERS, Http3Bytes.section("x-checksum", "1"));
    probing(answering(exchange -> exchange.head(200).data("hello").sends(trailers).ends()))
        .passes()
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aRedirectToTheSameAuthorityTakesTheSameConnection() {
    Http3Peer peer = answering(redirecting("/new"));
    probing(peer)
        .passes()
        .inPhases(RESOLVE, TLS, PROCESSING, TRANSFER, PROCESSING, TRANSFER, CHECK)
        .shows(1, Metric.PROBE_HTTP_REDIRECTS)
        .has(Metric.PROBE_TLS_CIPHER_INFO, Metric.PROBE_SSL_LAST_CHAIN_INFO);
    assertEquals(1, peer.connections());
    assertEquals("/", peer.nextRequest().value(":path"));
    Http3Exchange second = peer.nextRequest();
    assertEquals("/new", second.value(":path"));
    assertEquals("https://" + peer.address() + "/", second.value("referer"));
  }

  @Test
  void aRedirectAfterGoAwayTakesANewConnection() {
    Http3Peer peer =
        answering(
            exchange -> {
              if (exchange.value(":path").equals("/")) {
                exchange.goesAway(4).answers(302, "", "location", "/new");
              } else {
                exchange.answers(200, "hello");
              }
            });
    probing(peer).passes();
    assertTrue(peer.connections() >= 1);
  }

  @Test
  void aRedirectToAnotherPortTakesAnotherConnection() {
    Http3Peer other = answering(exchange -> exchange.answers(200, "hello"));
    Http3Peer peer = answering(redirecting("https://" + other.address() + "/new"));
    probing(peer).passes().shows(1, Metric.PROBE_HTTP_REDIRECTS);
    assertEquals(1, other.connections());
    assertFalse(peer.nextRequest().value("user-agent").isEmpty());
  }

  @Test
  void aRedirectToHttpCannotBeFollowed() {
    probing(answering(redirecting("http://127.0.0.1:1/")))
        .failsIn(PROCESSING, REDIRECT)
        .saying("needs https")
        .shows(1, Metric.PROBE_HTTP_REDIRECTS)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void redirectsInACircleEnd() {
    Http3Peer peer = answering(exchange -> exchange.answers(302, "", "location", "/"));
    probing(peer).ends().shows(11, Metric.PROBE_HTTP_REDIRECTS);
    assertEquals(1, peer.connections());
  }

  private static Consumer<Http3Exchange> redirecting(String location) {
    return exchange -> {
      if (exchange.value(":path").equals("/")) {
        exchange.answers(302, "moved", "location", location);
      } else {
        exchange.answers(200, "hello");
      }
    };
  }

  private static Consumer<Http3Exchange> ends(int status, String... fields) {
    return exchange -> exchange.head(status, fields).ends();
  }
}
