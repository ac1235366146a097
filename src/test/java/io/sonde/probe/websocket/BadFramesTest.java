package io.sonde.probe.websocket;

import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.testkit.WebsocketPeer.CLOSE;
import static io.sonde.testkit.WebsocketPeer.MORE;
import static io.sonde.testkit.WebsocketPeer.PING;
import static io.sonde.testkit.WebsocketPeer.TEXT;
import static io.sonde.testkit.WebsocketPeer.close;
import static io.sonde.testkit.WebsocketPeer.frame;
import static io.sonde.testkit.WebsocketPeer.framesOf;
import static io.sonde.testkit.WebsocketPeer.join;
import static io.sonde.testkit.WebsocketPeer.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.probe.Metric;
import io.sonde.testkit.Peer;
import io.sonde.testkit.WebsocketPeer.Frame;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that break the rules of RFC 6455: each is told so, and the probe says what it saw. */
class BadFramesTest extends WebsocketClaims {
  private static final String PROTOCOL_ERROR = "\u0003\u00ea";

  static Stream<Arguments> violations() {
    return Stream.of(
        violation("a masked frame", bytes(TEXT, 0x82, 1, 2, 3, 4, 'h', 'i')),
        violation("reserved bits", bytes(0xc1, 2, 'h', 'i')),
        violation("reserved bits", bytes(0xa1, 2, 'h', 'i')),
        violation("reserved bits", bytes(0x99, 0)),
        violation("unknown kind 3", bytes(0x83, 0)),
        violation("unknown kind 7", bytes(0x07, 0)),
        violation("unknown kind 11", bytes(0x8b, 0)),
        violation("unknown kind 15", bytes(0x8f, 0)),
        violation("a control frame in fragments", frame(PING & MORE, utf8("a"))),
        violation("a control frame in fragments", frame(CLOSE & MORE, utf8(""))),
        violation("more than 125 bytes", frame(PING, new byte[126])),
        violation("not begun", frame(0x80, utf8("a"))),
        violation("not begun", frame(0, utf8("a"))),
        violation("in the middle", join(frame(TEXT & MORE, utf8("a")), frame(TEXT, utf8("b")))),
        violation("shortest form", bytes(TEXT, 126, 0, 5, 'h', 'e', 'l', 'l', 'o')),
        violation("shortest form", bytes(TEXT, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff)),
        violation("shortest form", bytes(TEXT, 127, 0x80, 0, 0, 0, 0, 0, 0, 0)),
        violation("without a valid code", frame(CLOSE, utf8("a"))),
        violation("without a valid code", close(999, "")),
        violation("without a valid code", close(1005, "")),
        violation("without a valid code", close(1006, "")),
        violation("without a valid code", close(1015, "")),
        violation("without a valid code", close(2999, "")),
        violation("without a valid code", close(5000, "")),
        violation("without a valid code", close(65_535, "")),
        violation("reason is not UTF-8", frame(CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xff})),
        violation("control frames", flood(MessageReader.MAX_CONTROL_FRAMES + 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void aViolationFailsTheProbe(String message, byte[] frames) {
    Peer peer = saying(frames);
    probing("query_response: [{expect: '^good$'}]", peer)
        .failsIn(TRANSFER, PROTOCOL)
        .saying(message)
        .shows(101, Metric.PROBE_WEBSOCKET_STATUS_CODE)
        .shows(1, Metric.PROBE_WEBSOCKET_CONNECTION_UPGRADED)
        .shows(1, Metric.PROBE_WEBSOCKET_FAILED_DUE_TO_REGEX);
    peer.connection(0).awaitEnd();
    List<Frame> said = framesOf(peer.received());
    assertEquals(new Frame(CLOSE, PROTOCOL_ERROR), said.get(said.size() - 1));
  }

  private static byte[] flood(int count) {
    byte[][] pings = new byte[count][];
    for (int i = 0; i < count; i++) {
      pings[i] = frame(PING, utf8("?"));
    }
    return join(pings);
  }

  private static Arguments violation(String message, byte[] frames) {
    return Arguments.of(message, frames);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
