package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.HEADER;
import static io.sonde.probe.Reason.STATUS;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.Reason.VERSION;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBodyTest extends HttpClaims {
  private static final int LARGE = 300_000;

  @ParameterizedTest
  @CsvSource({
    "hello world, wor, '', BODY",
    "hello world, ^wor, '', ",
    "hello world, '', ^hello, ",
    "hello world, '', ^world, BODY",
    "'', '', ^$, "
  })
  void bodiesAreHeldAgainstExpressions(
      String body, String mustNot, String must, io.sonde.probe.Reason reason) {
    HttpSpecs specs = http();
    if (!mustNot.isEmpty()) {
      specs.failIfBodyMatches(mustNot);
    }
    if (!must.isEmpty()) {
      specs.failIfBodyNotMatches(must);
    }
    Outcome outcome = probing(specs, answering(HttpPeer.ok(body))).ends();
    (reason == null ? outcome.passed() : outcome.failedIn(CHECK, reason))
        .shows(reason == null ? 0 : 1, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .shows(body.length(), Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void everyExpressionThatMustMatchHasTo() {
    HttpSpecs specs = http().failIfBodyNotMatches("hello").failIfBodyNotMatches("bye");
    Outcome outcome = probing(specs, answering(HttpPeer.ok("hello"))).failsIn(CHECK, BODY);
    assertTrue(outcome.notes(Level.ERROR).contains("Body did not match regular expression"));
  }

  @Test
  void aLargeBodyIsSearchedToItsEnd() {
    String body = "x".repeat(LARGE) + "END";
    probing(http().failIfBodyNotMatches("END$"), answering(HttpPeer.ok(body))).passes();
    probing(http().failIfBodyMatches("xEND"), answering(HttpPeer.ok(body))).failsIn(CHECK, BODY);
  }

  @Test
  void aBadStatusSparesTheExpressionsAndIsTheReason() {
    Peer peer = answering(HttpPeer.response("500 No", "hello"));
    probing(http().failIfBodyMatches("hello"), peer)
        .failsIn(CHECK, STATUS)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "X-A, one, '', HEADER",
    "x-a, ^two$, '', HEADER",
    "X-A, three, '', ",
    "X-B, one, missing-ok, ",
    "X-B, one, '', HEADER",
    "Transfer-Encoding, x, '', HEADER"
  })
  void headersMustNotMatch(
      String name, String regex, String missing, io.sonde.probe.Reason reason) {
    Peer peer = answering(HttpPeer.ok("hello", "X-A: one", "X-A: two"));
    HttpSpecs specs = http().failIfHeaderMatches(name, regex, !missing.isEmpty());
    Outcome outcome = probing(specs, peer).ends();
    (reason == null ? outcome.passed() : outcome.failedIn(CHECK, HEADER))
        .shows(reason == null ? 0 : 1, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @ParameterizedTest
  @CsvSource({
    "X-A, two, '', ",
    "X-A, three, '', HEADER",
    "X-B, one, missing-ok, ",
    "X-B, one, '', HEADER",
    "X-Empty, ^$, '', ",
    "X-Latin, grün, '', "
  })
  void headersMustMatch(String name, String regex, String missing, io.sonde.probe.Reason reason) {
    Peer peer =
        answering(HttpPeer.ok("hello", "X-A: one", "X-A: two", "X-Empty:", "X-Latin: grün"));
    HttpSpecs specs = http().failIfHeaderNotMatches(name, regex, !missing.isEmpty());
    Outcome outcome = probing(specs, peer).ends();
    (reason == null ? outcome.passed() : outcome.failedIn(CHECK, HEADER))
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aBodyOfTheLimitIsFineAndOneMoreByteIsNot() {
    Peer peer = answering(HttpPeer.ok("hello"));
    probing(http().limit(5), peer).passes().shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    probing(http().limit(4), peer)
        .failsIn(CHECK, BODY_LIMIT)
        .shows(4, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
    probing(http().limit(4).failIfBodyNotMatches("hell"), peer)
        .failsIn(CHECK, BODY_LIMIT)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @Test
  void aBodyThatIsLookedAtIsKeptUpToTheDaemonsLimit() {
    String body = "x".repeat(MAX_BODY_BYTES + 1);
    probing(http().failIfBodyMatches("y"), answering(HttpPeer.ok(body)))
        .failsIn(CHECK, BODY_LIMIT)
        .shows(MAX_BODY_BYTES, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
    probing(http().failIfBodyMatches("y").limit(MAX_BODY_BYTES + 1), answering(HttpPeer.ok(body)))
        .passes();
  }

  @Test
  void aBodyThatNobodyLooksAtIsCountedWithoutLimit() {
    String body = "x".repeat(3 * MAX_BODY_BYTES);
    probing(http(), answering(HttpPeer.ok(body)))
        .passes()
        .shows(body.length(), Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void theDeadlineEndsAnEndlessBody() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends("HTTP/1.1 200 OK\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n")
            .does(
                conversation -> {
                  while (true) {
                    conversation.write(new byte[64 << 10]);
                  }
                });
    Outcome outcome =
        probing(http(), peer).within(Duration.ofMillis(150)).failsIn(TRANSFER, TIMEOUT);
    outcome
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(784_111_777, Metric.PROBE_HTTP_LAST_MODIFIED_TIMESTAMP_SECONDS);
    assertTrue(outcome.value(Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH) > 0);
    assertTrue(outcome.value(Metric.PROBE_HTTP_DURATION_SECONDS, "transfer") > 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding", "transfer-encoding", "Trailer"})
  void whatFramesTheBodyIsNoHeader(String name) {
    String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n0\r\n\r\n";
    probing(http().failIfHeaderNotMatches(name, ".", false), answering(answer))
        .failsIn(CHECK, HEADER);
    probing(http().failIfHeaderMatches(name, ".", true), answering(answer)).passes();
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.0, 1", "HTTP/1.1, 1.1"})
  void theVersionIsTold(String version, double number) {
    Peer peer = answering(version + " 200 OK\r\n\r\nhello");
    probing(http().versions(version), peer)
        .passes()
        .shows(number, Metric.PROBE_HTTP_VERSION)
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH);
    Outcome outcome = probing(http().versions("HTTP/2.0"), peer).failsIn(CHECK, VERSION);
    assertEquals(
        java.util.List.of("Invalid HTTP version number", "Probe failed"),
        outcome.notes(Level.ERROR));
  }

  @Test
  void statusCodesAreTheOnesThatAreConfigured() {
    probing(http().statusCodes(401, 403), answering(HttpPeer.response("403 No", ""))).passes();
    Outcome outcome =
        probing(http().statusCodes(401, 403), answering(HttpPeer.ok(""))).failsIn(CHECK, STATUS);
    assertEquals(
        java.util.List.of("Invalid HTTP response status code", "Probe failed"),
        outcome.notes(Level.ERROR));
  }
}
