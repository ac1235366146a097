package io.sonde.probe.websocket;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.BODY_LIMIT;
import static io.sonde.probe.Reason.CLOSED;
import static io.sonde.probe.Reason.MISMATCH;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.Reason.TIMEOUT;
import static io.sonde.testkit.WebsocketPeer.BINARY;
import static io.sonde.testkit.WebsocketPeer.CLOSE;
import static io.sonde.testkit.WebsocketPeer.MORE;
import static io.sonde.testkit.WebsocketPeer.PING;
import static io.sonde.testkit.WebsocketPeer.PONG;
import static io.sonde.testkit.WebsocketPeer.TEXT;
import static io.sonde.testkit.WebsocketPeer.accepts;
import static io.sonde.testkit.WebsocketPeer.acceptsAndSays;
import static io.sonde.testkit.WebsocketPeer.close;
import static io.sonde.testkit.WebsocketPeer.frame;
import static io.sonde.testkit.WebsocketPeer.framesOf;
import static io.sonde.testkit.WebsocketPeer.join;
import static io.sonde.testkit.WebsocketPeer.readsFrame;
import static io.sonde.testkit.WebsocketPeer.text;
import static io.sonde.testkit.WebsocketPeer.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sonde.net.http.BodyMemory;
import io.sonde.probe.Metric;
import io.sonde.probe.Trail.Level;
import io.sonde.testkit.Outcome;
import io.sonde.testkit.Peer;
import io.sonde.testkit.WebsocketPeer.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said once the server has agreed, message by message. */
class WebsocketDialogueTest extends WebsocketClaims {
  private static final String NORMAL_CLOSE = "\u0003\u00e8";

  @Test
  void aMessageIsSentAsTextWithoutALineFeed() {
    Peer peer = accepts(rig.closing(Peer.listening())).staysSilent();
    probing("query_response: [{send: 'grüß Gott'}]", peer).passes();
    assertEquals(
        List.of(new Frame(TEXT, latin1("grüß Gott")), new Frame(CLOSE, NORMAL_CLOSE)), said(peer));
  }

  @Test
  void whatMatchedGoesIntoWhatIsSent() {
    Peer peer = readsFrame(saying(text("user=joe token=t0k")));
    probing("query_response: [{expect: 'user=(?P<u>\\w+) token=(\\w+)', send: '$u:${2}:$$'}]", peer)
        .passes();
    assertEquals(new Frame(TEXT, "joe:t0k:$"), said(peer).get(0));
  }

  @Test
  void anEmptyMessageIsNotSent() {
    Peer peer = saying(text("x"));
    probing("query_response: [{expect: '(y)?', send: '$1'}, {send: ''}]", peer).passes();
    assertEquals(List.of(new Frame(CLOSE, NORMAL_CLOSE)), said(peer));
  }

  @Test
  void messagesThatComeTogetherAreTakenOneByOne() {
    Peer peer =
        acceptsAndSays(
            rig.closing(Peer.listening()), join(text("one"), text("two"), text("three")));
    probing("query_response: [{expect: '^one$'}, {expect: '^two$'}, {expect: '^three$'}]", peer)
        .passes();
  }

  @Test
  void onlyTheNextMessageMayMatch() {
    Peer peer = saying(join(text("welcome"), text("ready")));
    Outcome outcome =
        probing("query_response: [{expect: '^ready$'}]", peer)
            .failsIn(CHECK, MISMATCH)
            .saying("expected a message that matches ^ready$, got \"welcome\"")
            .shows(1, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX)
            .shows(1, Metric.PROBE_WEBSOCKET_CONNECTION_UPGRADED)
            .has(Metric.PROBE_WEBSOCKET_DURATION_SECONDS);
    assertEquals(List.of("Regexp did not match", "Probe failed"), outcome.notes(Level.ERROR));
  }

  @Test
  void keysOfOtherDialoguesHaveNoEffect() {
    Peer peer = saying(text("a"));
    probing(
            "query_response: [{expect: a, labels: [{name: x, value: y}], starttls: true},"
                + " {expect_bytes: b}]",
            peer)
        .passes()
        .hasNo(Metric.PROBE_EXPECT_INFO, Metric.PROBE_FAILED_DUE_TO_BYTES);
  }

  @Test
  void fragmentsMakeOneMessageWhateverComesBetween() {
    byte[] frames =
        join(
            frame(TEXT & MORE, utf8("hel")),
            frame(PING, utf8("still there?")),
            frame(0, utf8("")),
            frame(PONG, utf8("nobody asked")),
            frame(0x80, utf8("lo")));
    Peer peer = saying(frames);
    probing("query_response: [{expect: '^hello$'}]", peer).passes();
    assertEquals(
        List.of(new Frame(PONG, "still there?"), new Frame(CLOSE, NORMAL_CLOSE)), said(peer));
  }

  @Test
  void aCharacterMayBeCutByFragments() {
    byte[] euro = utf8("€");
    byte[] frames =
        join(
            frame(TEXT & MORE, Arrays.copyOf(euro, 1)),
            frame(0x80, Arrays.copyOfRange(euro, 1, 3)));
    probing("query_response: [{expect: '^€$'}]", saying(frames)).passes();
  }

  @Test
  void bytesMayComeOneByOne() {
    Peer peer = accepts(rig.closing(Peer.listening()));
    byte[] frames =
        join(frame(PING, utf8("p")), frame(BINARY & MORE, utf8("a")), frame(0x80, utf8("b")));
    for (byte b : frames) {
      peer.sends(new byte[] {b});
    }
    probing("query_response: [{expect: '^ab$'}]", peer).passes();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 65_535, 65_536, MAX_MESSAGE_BYTES})
  void messagesOfEveryLengthAreRead(int length) {
    Peer peer = saying(text("x".repeat(length)));
    probing("query_response: [{expect: '^x*$'}]", peer).passes();
  }

  @Test
  void largeMessagesAreSearchedToo() {
    Peer peer = saying(join(text("x".repeat(100_000) + "needle(7)"), text("end")));
    probing("query_response: [{expect: 'needle.(\\d)', send: '$1'}, {expect: end}]", peer).passes();
    assertEquals(new Frame(TEXT, "7"), said(peer).get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void binaryMessagesMayHoldAnything(int length) {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 0xff);
    payload[length - 1] = 'z';
    probing("query_response: [{expect: 'z$'}]", saying(frame(BINARY, payload))).passes();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void aTextThatIsNoTextIsRefused(int length) {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 0xff);
    Peer peer = saying(frame(TEXT, payload));
    probing("query_response: [{expect: ''}]", peer)
        .failsIn(TRANSFER, PROTOCOL)
        .saying("not UTF-8")
        .shows(1, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX);
    assertEquals(List.of(new Frame(CLOSE, "\u0003\u00ef")), said(peer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000 | '' | code 1000 (normal closure)",
        "1001 | later | code 1001 (going away): \"later\"",
        "1008 | who are you? | code 1008 (policy violation): \"who are you?\"",
        "1011 | '' | code 1011 (internal error)",
        "4001 | own | code 4001: \"own\""
      })
  void aGoodbyeIsToldWithItsCode(int code, String reason, String message) {
    Peer peer = saying(close(code, reason));
    probing("query_response: [{expect: x}]", peer)
        .failsIn(TRANSFER, CLOSED)
        .saying("closed the websocket with " + message)
        .shows(1, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX);
    assertEquals(
        List.of(new Frame(CLOSE, "" + (char) (code >> 8) + (char) (code & 0xff))), said(peer));
  }

  @Test
  void aGoodbyeWithoutACodeIsAnsweredWithoutOne() {
    Peer peer = saying(frame(CLOSE, utf8("")));
    probing("query_response: [{expect: x}]", peer).failsIn(TRANSFER, CLOSED).saying("no code");
    assertEquals(List.of(new Frame(CLOSE, "")), said(peer));
  }

  @Test
  void anEndWithoutAGoodbyeIsClosedToo() {
    Peer peer = saying(text("one")).closes();
    probing("query_response: [{expect: one}, {expect: two}]", peer)
        .failsIn(TRANSFER, CLOSED)
        .saying("without a close frame");
    Peer inTheMiddle = saying(Arrays.copyOf(text("hello"), 4)).closes();
    probing("query_response: [{expect: hello}]", inTheMiddle).failsIn(TRANSFER, CLOSED);
  }

  @Test
  void aMessageBeforeTheEndIsStillRead() {
    probing("query_response: [{expect: one}]", saying(text("one")).closes()).passes();
    probing("query_response: [{expect: one}]", saying(join(text("one"), close(1000, "")))).passes();
  }

  @Test
  void aServerThatSaysNothingIsLate() {
    Peer peer = accepts(rig.closing(Peer.listening())).staysSilent();
    Outcome outcome =
        probing("query_response: [{expect: x}]", peer)
            .within(Duration.ofMillis(750))
            .failsIn(TRANSFER, TIMEOUT)
            .shows(1, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX);
    assertEquals(List.of("No message came in time", "Probe failed"), outcome.notes(Level.ERROR));
    assertEquals(List.of(new Frame(CLOSE, NORMAL_CLOSE)), said(peer));
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedByItsLength() {
    Peer peer = saying(Arrays.copyOf(frame(BINARY, new byte[MAX_MESSAGE_BYTES + 1]), 20));
    probing("query_response: [{expect: x}]", peer)
        .failsIn(CHECK, BODY_LIMIT)
        .saying("larger than 1048576 bytes");
    assertEquals(List.of(new Frame(CLOSE, "\u0003\u00f1")), said(peer));
  }

  @Test
  void allProbesTogetherHaveALimitToo() {
    BodyMemory small = new BodyMemory(50_000);
    Peer peer = saying(text("x".repeat(60_000)));
    probing("query_response: [{expect: x}]", "ws://" + peer.address(), small)
        .failsIn(CHECK, BODY_LIMIT)
        .saying("no room");
    assertEquals(0, small.taken());
    Peer fitting = saying(join(text("x".repeat(20_000)), text("y".repeat(20_000))));
    probing("query_response: [{expect: x}, {expect: y}]", "ws://" + fitting.address(), small)
        .passes();
    assertEquals(0, small.taken());
  }

  @Test
  void whatIsSentIsNotTold() {
    Peer peer = accepts(rig.closing(Peer.listening())).staysSilent();
    Outcome outcome = probing("query_response: [{send: 'pass s3cret'}]", peer).passes();
    assertFalse(outcome.result().trail().toString().contains("s3cret"));
    assertFalse(outcome.result().facts().toString().contains("s3cret"));
  }

  /** What the client said on the first connection, once it is over. */
  private static List<Frame> said(Peer peer) {
    peer.connection(0).awaitEnd();
    return framesOf(peer.received());
  }

  private static String latin1(String text) {
    return new String(utf8(text), StandardCharsets.ISO_8859_1);
  }
}
