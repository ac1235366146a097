package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.HttpPeer.END_OF_HEAD;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBadPeerTest extends HttpClaims {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail.example ESMTP\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTP/1.1 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.x 200 OK\r\n\r\n",
        "HTTP/1.1 2OO OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 -20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nBad(Name: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: nonsense\r\n\r\n",
        "<html>\r\n",
        "\u0001\u0002\u0003"
      })
  void whatIsNotHttpIsAProtocolError(String answer) {
    Outcome outcome = probing(http(), answering(answer)).failsIn(TRANSFER, PROTOCOL);
    outcome
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(0, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(0, Metric.PROBE_HTTP_VERSION)
        .shows(0, Metric.PROBE_HTTP_DURATION_SECONDS, "transfer");
    assertTrue(outcome.value(Metric.PROBE_HTTP_DURATION_SECONDS, "processing") > 0);
  }

  @Test
  void garbageWithoutEndIsRefusedAtOnce() {
    Peer peer = rig.closing(Peer.listening()).readsUntil(END_OF_HEAD).sends("garbage");
    probing(http(), peer).failsIn(TRANSFER, PROTOCOL).saying("\"garbage\"");
  }

  @Test
  void anAlertOfTlsIsRecognised() {
    Peer peer =
        rig.closing(Peer.listening())
            .readsUntil(END_OF_HEAD)
            .sends(new byte[] {0x15, 3, 1, 0, 2, 2, 0x46});
    probing(http(), peer).failsIn(TRANSFER, PROTOCOL).saying("https");
  }

  @Test
  void aPeerThatGreetsFirstDoesNotSpeakHttp() {
    Peer peer = rig.closing(Peer.listening()).sends("220 ready\r\n").staysSilent();
    probing(http(), peer).failsIn(TRANSFER, PROTOCOL).saying("220 ready");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX: 1\r\n",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 100 Continue\r\n\r\n"
      })
  void aHeadThatBreaksOffIsACloseInTransfer(String answer) {
    probing(http(), answering(answer))
        .failsIn(TRANSFER, CLOSED)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void noAnswerAtAllIsACloseInProcessing() {
    probing(http(), answering("")).failsIn(PROCESSING, CLOSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 6\r\n\r\nhello",
        OK + "Content-Length: 5\r\n\r\n",
        CHUNKED + "5\r\nhello\r\n",
        CHUNKED + "5\r\nhel",
        CHUNKED + "5",
        CHUNKED + "5\r\nhello\r\n0\r\n",
        CHUNKED + "5\r\nhello\r\n0\r\nTrailer: x\r\n",
        CHUNKED
      })
  void aBodyThatBreaksOffIsACloseInTransfer(String answer) {
    probing(http(), answering(answer))
        .failsIn(TRANSFER, CLOSED)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE);
    probing(http().failIfBodyMatches("never"), answering(answer))
        .failsIn(TRANSFER, CLOSED)
        .shows(1, Metric.PROBE_FAILED_DUE_TO_REGEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CHUNKED + "x\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "-5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "\r\nhello\r\n0\r\n\r\n",
        CHUNKED + "99999999999999999999\r\nhello",
        CHUNKED + "5\r\nhelloXX\r\n0\r\n\r\n"
      })
  void anInvalidChunkIsAProtocolErrorInTransfer(String answer) {
    probing(http(), answering(answer))
        .failsIn(TRANSFER, PROTOCOL)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void chunksAreJoinedAndTrailersSkipped() {
    Peer peer =
        answering(CHUNKED + "5;ext=1\r\nhello\r\n006\r\n world\r\n0\r\nX: 1\r\n\r\nignored");
    probing(http().failIfBodyNotMatches("^hello world$"), peer)
        .passes()
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(11, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void theLengthDoesNotCountIfThereAreChunks() {
    Peer peer =
        answering(
            OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    probing(http(), peer).passes().shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "chunked, '', 15",
    "chunked, 'Content-Length: 5\r\n', 5",
    "gzip, '', 15",
    "'chunked\r\nTransfer-Encoding: chunked', '', 15"
  })
  void aTransferEncodingOfHttp10IsNotMeant(String coding, String length, int bytes) {
    String answer =
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: "
            + coding
            + "\r\n"
            + length
            + "\r\n5\r\nhello\r\n0\r\n\r\n";
    HttpSpecs specs = http().failIfHeaderMatches("Transfer-Encoding", ".", true);
    probing(specs, answering(answer))
        .passes()
        .shows(1, Metric.PROBE_HTTP_VERSION)
        .shows(bytes, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void theSameLengthTwiceIsOneLength() {
    Peer peer = answering(OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello");
    probing(http(), peer).passes().shows(5, Metric.PROBE_HTTP_CONTENT_LENGTH);
  }

  @Test
  void moreThanTheLengthIsNotRead() {
    Peer peer = answering(OK + "Content-Length: 5\r\n\r\nhello, and more");
    probing(http(), peer).passes().shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnection() {
    probing(http().failIfBodyNotMatches("^hello$"), answering(OK + "\r\nhello"))
        .passes()
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void linesMayEndWithoutCarriageReturn() {
    probing(http(), answering("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello")).passes();
  }

  @Test
  void informationalAnswersAreSkipped() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    probing(http(), answering(hints.repeat(3) + HttpPeer.ok("hello")))
        .passes()
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void informationalAnswersWithoutEndAreAProtocolError() {
    probing(http(), answering("HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000)))
        .failsIn(TRANSFER, PROTOCOL);
  }

  @Test
  void switchingProtocolsIsAFinalAnswer() {
    probing(
            http().statusCodes(101),
            answering("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\u0001"))
        .passes()
        .shows(101, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(0, Metric.PROBE_HTTP_CONTENT_LENGTH);
  }

  @Test
  void tenMegabytesOfHeadersAreRead() {
    String line = "X-Long: " + "x".repeat(1_014) + "\r\n";
    StringBuilder answer = new StringBuilder(OK);
    for (int i = 0; i < 10_000; i++) {
      answer.append(line);
    }
    byte[] response = answer.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    probing(http(), rig.closing(HttpPeer.answering(response))).passes();
  }

  @Test
  void endlessHeadersAreAProtocolError() {
    byte[] line = ("X-Long: " + "x".repeat(64_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    probing(http(), endless(OK, line)).failsIn(TRANSFER, PROTOCOL).saying("10485760");
  }

  @Test
  void anEndlessHeaderLineIsAProtocolError() {
    byte[] text = "x".repeat(64_000).getBytes(StandardCharsets.US_ASCII);
    probing(http(), endless(OK + "X-Long: ", text)).failsIn(TRANSFER, PROTOCOL);
  }

  @Test
  void anEndlessStatusLineIsAProtocolError() {
    byte[] text = "x".repeat(64_000).getBytes(StandardCharsets.US_ASCII);
    probing(http(), endless("HTTP/1.1 200 ", text)).failsIn(TRANSFER, PROTOCOL);
  }

  @Test
  void aDrippingPeerRunsIntoTheDeadline() {
    Peer peer =
        rig.closing(Peer.listening()).readsUntil(END_OF_HEAD).dripsOnCue("HTTP/1.1 200 OK\r\n");
    var running = probing(http(), peer).within(Duration.ofMillis(300)).starts();
    for (int i = 0; i < 10; i++) {
      peer.awaitCuePoint();
      peer.cue();
    }
    running.ends().failedIn(TRANSFER, TIMEOUT);
  }

  @Test
  void aDrippingPeerIsUnderstood() {
    String answer = HttpPeer.ok("hello");
    Peer peer = rig.closing(Peer.listening()).readsUntil(END_OF_HEAD).dripsOnCue(answer);
    var running = probing(http(), peer).starts();
    for (int i = 0; i < answer.length(); i++) {
      peer.awaitCuePoint();
      peer.cue();
    }
    running.ends().passed().shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  private Peer endless(String start, byte[] then) {
    return rig.closing(Peer.listening())
        .readsUntil(END_OF_HEAD)
        .sends(start)
        .does(
            conversation -> {
              while (true) {
                conversation.write(then);
              }
            });
  }
}
