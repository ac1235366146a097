package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.STATUS;
import static io.sonde.probe.Reason.TIMEOUT;
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
import org.junit.jupiter.params.provider.ValueSource;

class HttpJsonTest extends HttpClaims {
  private static final String UP = "{\"status\": \"up\", \"checks\": [{\"n\": 1}, {\"n\": 2}]}";

  @Test
  void aConditionThatMustHoldHolds() {
    probing(http().failIfJsonNotMatches("body.checks.all(c, c.n > 0)"), answering(HttpPeer.ok(UP)))
        .passes()
        .shows(0, Metric.PROBE_FAILED_DUE_TO_CEL)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .shows(UP.length(), Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aConditionThatMustHoldDoesNot() {
    failsWith(http().failIfJsonNotMatches("body.status == 'down'"), UP)
        .saying("Body did not match CEL expression body.status == 'down'");
  }

  @Test
  void aConditionThatMustNotHoldDoes() {
    failsWith(http().failIfJsonMatches("body.status == 'up'"), UP)
        .saying("Body matched CEL expression");
    probing(http().failIfJsonMatches("body.status == 'down'"), answering(HttpPeer.ok(UP))).passes();
  }

  @Test
  void theConditionThatMustNotHoldComesFirst() {
    failsWith(http().failIfJsonMatches("true").failIfJsonNotMatches("false"), UP)
        .saying("Body matched CEL expression true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"body.missing == 1", "body.status", "body.checks[7].n == 1"})
  void whatIsNeitherTrueNorFalseFails(String expression) {
    failsWith(http().failIfJsonNotMatches(expression), UP);
    failsWith(http().failIfJsonMatches(expression), UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"a\": 1} x", "[1,"})
  void aBodyThatIsNoJsonFails(String body) {
    Outcome outcome = failsWith(http().failIfJsonMatches("false"), body);
    assertTrue(outcome.notes(Level.ERROR).contains("Error unmarshalling HTTP body to JSON"));
  }

  @Test
  void expressionsAndConditionsBothSeeTheWholeBody() {
    HttpSpecs specs =
        http().failIfBodyNotMatches("\"up\"").failIfJsonNotMatches("body.status == 'up'");
    probing(specs, answering(HttpPeer.ok(UP))).passes();
  }

  @Test
  void aBodyThatFailsAnExpressionIsNotTakenForJson() {
    HttpSpecs specs = http().failIfBodyMatches("up").failIfJsonMatches("true");
    probing(specs, answering(HttpPeer.ok(UP)))
        .failsIn(CHECK, BODY)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_REGEX)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_CEL);
  }

  @Test
  void aBadStatusSparesTheConditions() {
    Peer peer = rig.closing(HttpPeer.answering(HttpPeer.response("503 No", "no json")));
    probing(http().failIfJsonMatches("true"), peer)
        .failsIn(CHECK, STATUS)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_CEL);
  }

  @Test
  void aBodyThatBreaksOffFailsTheCondition() {
    Peer peer =
        rig.closing(HttpPeer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\""));
    probing(http().failIfJsonMatches("false"), peer)
        .failsIn(TRANSFER, CLOSED)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_CEL);
  }

  @Test
  void aBodyBeyondTheLimitFailsTheCondition() {
    probing(http().failIfJsonMatches("false").limit(4), answering(HttpPeer.ok(UP)))
        .failsIn(CHECK, BODY_LIMIT)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_CEL);
  }

  @Test
  void aDeepBodyIsRefused() {
    probing(http().failIfJsonMatches("false"), answering(HttpPeer.ok("[".repeat(500_000))))
        .failsIn(CHECK, BODY_LIMIT)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_CEL);
  }

  @Test
  void aLargeBodyIsSeenWhole() {
    String body = "[" + "1,".repeat(100_000) + "2]";
    probing(http().failIfJsonNotMatches("body.exists(x, x == 2)"), answering(HttpPeer.ok(body)))
        .passes();
  }

  @Test
  void aConditionThatNeverEndsEndsWithTheDeadline() {
    String body = "[" + "1,".repeat(2_000) + "1]";
    String bomb = "body.all(a, body.all(b, body.all(c, body.all(d, true))))";
    probing(http().failIfJsonNotMatches(bomb), answering(HttpPeer.ok(body)))
        .within(Duration.ofMillis(400))
        .failsIn(CHECK, TIMEOUT)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_CEL);
    // The thread that evaluated it is free again.
    probing(http().failIfJsonNotMatches("body.all(x, x == 1)"), answering(HttpPeer.ok(body)))
        .passes();
  }

  @Test
  void theBodyOfARedirectThatIsNotFollowedIsJudged() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends(HttpPeer.response("302 Found", UP, "Location: /x"))
            .closes();
    probing(
            http().notFollowing().statusCodes(302).failIfJsonNotMatches("body.status == 'up'"),
            peer)
        .passes();
  }

  @Test
  void aModuleWithoutConditionsHasNoMetricOfThem() {
    assertEquals(
        0,
        probing(http(), answering(HttpPeer.ok(UP)))
            .passes()
            .series(Metric.PROBE_FAILED_DUE_TO_CEL)
            .size());
  }

  private Outcome failsWith(HttpSpecs specs, String body) {
    return probing(specs, answering(HttpPeer.ok(body)))
        .failsIn(CHECK, BODY)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_CEL)
        .shows(0, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }
}
