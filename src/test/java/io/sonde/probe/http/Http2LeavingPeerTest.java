package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.Http2Peer.RST_STREAM;
import static io.sonde.testkit.Http2Peer.data;
import static io.sonde.testkit.Http2Peer.frame;
import static io.sonde.testkit.Http2Peer.goAway;
import static io.sonde.testkit.Http2Peer.headers;
import static io.sonde.testkit.Http2Peer.settings;

import io.sonde.probe.Metric;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that end a stream or the connection, in every way that HTTP/2 has for it. */
class Http2LeavingPeerTest extends Http2Claims {
  private static final byte[] OK = headers(0, ":status", "200");

  @ParameterizedTest
  @CsvSource({
    "0, closed, NO_ERROR",
    "1, closed, PROTOCOL_ERROR",
    "7, closed, REFUSED_STREAM",
    "8, closed, CANCEL",
    "13, protocol, HTTP_1_1_REQUIRED",
    "99, closed, error 99",
    "-1, closed, error 4294967295"
  })
  void aResetOfTheStreamIsToldByItsName(int code, String reason, String name) {
    var expected = reason.equals("closed") ? CLOSED : PROTOCOL;
    byte[] reset = frame(RST_STREAM, 0, 1, code);
    probingTls(http(), sending(reset)).failsIn(PROCESSING, expected).saying(name);
    probingTls(http(), sending(OK, data(0, "hel"), reset))
        .failsIn(TRANSFER, expected)
        .saying("in the middle of the body: " + name)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(3, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void whatFollowsACompleteAnswerDoesNotMatter() {
    probingTls(http(), sending(Http2Peer.ok("hello"), frame(RST_STREAM, 0, 1, 0))).passes();
    probingTls(http(), sending(Http2Peer.ok("hello"), goAway(1, 0))).passes();
    probingTls(http(), sending(Http2Peer.ok("hello"), new byte[100])).passes();
  }

  @Test
  void whoIsGoingAwayMayRefuseTheRequest() {
    probingTls(http(), sending(goAway(0, 11)))
        .failsIn(PROCESSING, CLOSED)
        .saying("ENHANCE_YOUR_CALM");
  }

  @Test
  void whoLeavesWithoutSettingsIsUnderstoodAllTheSame() {
    Peer peer = rig.closing(Peer.listening()).startsTls(SERVER, "h2").sends(goAway(0, 12));
    probingTls(http(), peer).failsIn(PROCESSING, CLOSED).saying("INADEQUATE_SECURITY");
  }

  @Test
  void whoIsGoingAwayMayAnswerFirst() {
    probingTls(http(), sending(goAway(1, 0), Http2Peer.ok("hello"))).passes();
  }

  @Test
  void whoIsGoingAwayAndDoesNotAnswerHasClosed() {
    probingTls(http(), sending(goAway(1, 2)).closes())
        .failsIn(PROCESSING, CLOSED)
        .saying("INTERNAL_ERROR");
  }

  @Test
  void aServerThatTakesNoStreamsMayRefuseTheRequest() {
    probingTls(http(), sending(settings(3, 0), frame(RST_STREAM, 0, 1, 7)))
        .failsIn(PROCESSING, CLOSED)
        .saying("REFUSED_STREAM");
  }
}
