package io.sonde.probe.http;

import static io.sonde.probe.Phase.PROCESSING;
import static io.sonde.probe.Phase.TRANSFER;
import static io.sonde.probe.Reason.PROTOCOL;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.Http2Peer.ACK;
import static io.sonde.testkit.Http2Peer.CONTINUATION;
import static io.sonde.testkit.Http2Peer.DATA;
import static io.sonde.testkit.Http2Peer.END_HEADERS;
import static io.sonde.testkit.Http2Peer.END_STREAM;
import static io.sonde.testkit.Http2Peer.GOAWAY;
import static io.sonde.testkit.Http2Peer.HEADERS;
import static io.sonde.testkit.Http2Peer.PADDED;
import static io.sonde.testkit.Http2Peer.PING;
import static io.sonde.testkit.Http2Peer.PRIORITY;
import static io.sonde.testkit.Http2Peer.PUSH_PROMISE;
import static io.sonde.testkit.Http2Peer.RST_STREAM;
import static io.sonde.testkit.Http2Peer.SETTINGS;
import static io.sonde.testkit.Http2Peer.WINDOW_UPDATE;
import static io.sonde.testkit.Http2Peer.all;
import static io.sonde.testkit.Http2Peer.block;
import static io.sonde.testkit.Http2Peer.data;
import static io.sonde.testkit.Http2Peer.frame;
import static io.sonde.testkit.Http2Peer.goAway;
import static io.sonde.testkit.Http2Peer.headers;
import static io.sonde.testkit.Http2Peer.settings;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sonde.probe.Metric;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Peer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2BadPeerTest extends Http2Claims {
  private static final byte[] OK = headers(0, ":status", "200");
  private static final byte[] NOTHING = {};

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail.example ESMTP\r\n"})
  void aServerThatSpeaksSomethingElseIsToldApart(String text) {
    Peer peer = rig.closing(Peer.listening()).startsTls(SERVER, "h2").sends(text);
    probingTls(http(), peer)
        .failsIn(PROCESSING, PROTOCOL)
        .saying("expected HTTP/2, got a text that begins with \"" + text.substring(0, 4))
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(0, Metric.PROBE_HTTP_VERSION);
  }

  @Test
  void settingsComeFirst() {
    Peer peer =
        rig.closing(Peer.listening()).startsTls(SERVER, "h2").sends(frame(PING, 0, 0, new byte[8]));
    probingTls(http(), peer).failsIn(PROCESSING, PROTOCOL).saying("expected HTTP/2");
  }

  static Stream<Arguments> violationsBeforeTheAnswer() {
    return Stream.of(
        arguments("stream", frame(SETTINGS, 0, 1, NOTHING)),
        arguments("malformed", frame(SETTINGS, 0, 0, new byte[5])),
        arguments("malformed", frame(SETTINGS, ACK, 0, new byte[6])),
        arguments("setting", settings(2, 2)),
        arguments("window", settings(4, -1)),
        arguments("setting", settings(5, 100)),
        arguments("setting", settings(5, 1 << 24)),
        arguments("16385", frame(DATA, 0, 1, new byte[16_385])),
        arguments("malformed", frame(PING, 0, 0, new byte[7])),
        arguments("stream", frame(PING, 0, 1, new byte[8])),
        arguments("malformed", frame(GOAWAY, 0, 0, new byte[7])),
        arguments("stream", frame(GOAWAY, 0, 1, new byte[8])),
        arguments("before its head", data(0, "hello")),
        arguments("stream", frame(DATA, 0, 3, NOTHING)),
        arguments("stream", frame(HEADERS, END_HEADERS, 3, block(":status", "200"))),
        arguments("stream", frame(HEADERS, END_HEADERS, 0, block(":status", "200"))),
        arguments("no header block", frame(CONTINUATION, END_HEADERS, 1, NOTHING)),
        arguments("push", frame(PUSH_PROMISE, END_HEADERS, 1, new byte[4])),
        arguments("malformed", frame(RST_STREAM, 0, 1, new byte[3])),
        arguments("stream", frame(RST_STREAM, 0, 0, 8)),
        arguments("nothing", frame(WINDOW_UPDATE, 0, 1, 0)),
        arguments("malformed", frame(WINDOW_UPDATE, 0, 0, new byte[3])),
        arguments("2147483647", frame(WINDOW_UPDATE, 0, 1, Integer.MAX_VALUE)),
        arguments("2147483647", frame(WINDOW_UPDATE, 0, 0, Integer.MAX_VALUE)),
        arguments("stream", frame(WINDOW_UPDATE, 0, 3, 1)));
  }

  @ParameterizedTest
  @MethodSource("violationsBeforeTheAnswer")
  void aBrokenRuleBeforeTheAnswerIsAProtocolErrorInProcessing(String said, byte[] frames) {
    probingTls(http(), sending(frames)).failsIn(PROCESSING, PROTOCOL).saying(said);
  }

  static Stream<Arguments> violationsInTheHead() {
    byte[] cut = frame(HEADERS, 0, 1, block(":status", "200"));
    return Stream.of(
        arguments("within a header block", all(cut, frame(PING, 0, 0, new byte[8]))),
        arguments("within a header block", all(cut, OK)),
        arguments("stream", all(cut, frame(CONTINUATION, END_HEADERS, 3, NOTHING))),
        arguments("without status", headers(0)),
        arguments("without status", headers(0, "x-a", "1")),
        arguments("three digits", headers(0, ":status", "2OO")),
        arguments("three digits", headers(0, ":status", "20")),
        arguments("three digits", headers(0, ":status", "2000")),
        arguments("three digits", headers(0, ":status", "099")),
        arguments("three digits", headers(0, ":status", "-20")),
        arguments("pseudo-header", headers(0, ":status", "200", ":status", "200")),
        arguments("pseudo-header", headers(0, ":status", "200", ":path", "/")),
        arguments("pseudo-header", headers(0, "x-a", "1", ":status", "200")),
        arguments("invalid name", headers(0, ":status", "200", "X-A", "1")),
        arguments("invalid name", headers(0, ":status", "200", "x a", "1")),
        arguments("invalid name", headers(0, ":status", "200", "", "1")),
        arguments("invalid name", headers(0, ":status", "200", "x-a", "1\r\nx-b: 2")),
        arguments("HPACK", frame(HEADERS, END_HEADERS, 1, new byte[] {0, 10, 'a'})),
        arguments("HPACK", frame(HEADERS, END_HEADERS, 1, new byte[] {(byte) 0x80})),
        arguments("HPACK", frame(HEADERS, END_HEADERS, 1, new byte[] {(byte) 0xff, 1})),
        arguments("HPACK", frame(HEADERS, END_HEADERS, 1, new byte[] {0x3f, -1, -1, 3})),
        arguments("padding", frame(HEADERS, END_HEADERS | PADDED, 1, new byte[] {9, 0})),
        arguments("padding", frame(HEADERS, END_HEADERS | PADDED, 1, NOTHING)),
        arguments("malformed", frame(HEADERS, END_HEADERS | 0x20, 1, new byte[4])),
        arguments("informational", headers(END_STREAM, ":status", "103")),
        arguments("informational", repeat(headers(0, ":status", "103"), 17)));
  }

  @ParameterizedTest
  @MethodSource("violationsInTheHead")
  void aBrokenRuleInTheHeadIsAProtocolErrorInTransfer(String said, byte[] frames) {
    probingTls(http(), sending(frames))
        .failsIn(TRANSFER, PROTOCOL)
        .saying(said)
        .shows(0, Metric.PROBE_HTTP_STATUS_CODE);
  }

  static Stream<Arguments> violationsInTheBody() {
    byte[] five = headers(0, ":status", "200", "content-length", "5");
    return Stream.of(
        arguments("not the end", all(OK, headers(0, "x-a", "1"))),
        arguments("second status", all(OK, headers(END_STREAM, ":status", "200"))),
        arguments("padding", all(OK, frame(DATA, PADDED, 1, new byte[] {2, 0}))),
        arguments("more than the 5 bytes", all(five, data(0, "hello!"))),
        arguments("while 5 were declared", all(five, data(END_STREAM, "hell"))),
        arguments("while 5 were declared", all(five, headers(END_STREAM, "x-a", "1"))),
        arguments(
            "while 5 were declared", headers(END_STREAM, ":status", "200", "content-length", "5")));
  }

  @ParameterizedTest
  @MethodSource("violationsInTheBody")
  void aBrokenRuleInTheBodyIsAProtocolErrorInTransfer(String said, byte[] frames) {
    probingTls(http(), sending(frames))
        .failsIn(TRANSFER, PROTOCOL)
        .saying(said)
        .shows(200, Metric.PROBE_HTTP_STATUS_CODE)
        .shows(2, Metric.PROBE_HTTP_VERSION);
  }

  @Test
  void aBodyInAnswerToHeadIsAProtocolError() {
    probingTls(http().method("HEAD"), sending(Http2Peer.ok("hello")))
        .failsIn(TRANSFER, PROTOCOL)
        .saying("HEAD");
  }

  static Stream<byte[]> idleFrames() {
    return Stream.of(
        settings(),
        frame(SETTINGS, ACK, 0, NOTHING),
        frame(PING, 0, 0, new byte[8]),
        frame(PING, ACK, 0, new byte[8]),
        frame(PRIORITY, 0, 1, new byte[5]),
        frame(WINDOW_UPDATE, 0, 0, 1),
        frame(0xfe, 0, 0, new byte[100]),
        goAway(1, 0));
  }

  @ParameterizedTest
  @MethodSource("idleFrames")
  void framesThatServeNothingAreBounded(byte[] frame) {
    probingTls(http(), sending(repeat(frame, 1_001)))
        .failsIn(PROCESSING, PROTOCOL)
        .saying("frames that serve nothing");
  }

  @ParameterizedTest
  @MethodSource("idleFrames")
  void someOfThemAreNothingToFailFor(byte[] frame) {
    probingTls(http(), sending(repeat(frame, 100), Http2Peer.ok("hello"))).passes();
  }

  @Test
  void emptyPiecesOfABodyAreBounded() {
    probingTls(http(), sending(OK, repeat(data(0, ""), 1_001)))
        .failsIn(TRANSFER, PROTOCOL)
        .saying("frames that serve nothing");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void smallPiecesOfAHeaderBlockAreBounded(int bytes) {
    byte[] piece = frame(CONTINUATION, 0, 1, new byte[bytes]);
    byte[] start = frame(HEADERS, 0, 1, block(":status", "200"));
    probingTls(http(), sending(start, repeat(piece, 1_001)))
        .failsIn(TRANSFER, PROTOCOL)
        .saying("frames that serve nothing");
  }

  @Test
  void aHeaderBlockWithoutEndIsBounded() {
    byte[] piece = frame(CONTINUATION, 0, 1, new byte[16_384]);
    byte[] start = frame(HEADERS, 0, 1, block(":status", "200"));
    probingTls(http(), sending(start, repeat(piece, 641)))
        .failsIn(TRANSFER, PROTOCOL)
        .saying("exceed 10485760 bytes");
  }

  @Test
  void aBlockThatUnpacksToMoreIsBounded() {
    byte[] bomb = new byte[4_096];
    byte[] field = block("x", "a".repeat(3_900));
    System.arraycopy(field, 0, bomb, 0, field.length);
    bomb[0] = 0x40; // With indexing: the field is entry 62 from now on.
    Arrays.fill(bomb, field.length, bomb.length, (byte) 0xbe);
    byte[] start = frame(HEADERS, 0, 1, all(block(":status", "200"), bomb));
    byte[] more = new byte[16_384];
    Arrays.fill(more, (byte) 0xbe);
    probingTls(http(), sending(start, frame(CONTINUATION, END_HEADERS, 1, more)))
        .failsIn(TRANSFER, PROTOCOL)
        .saying("exceed 10485760 bytes");
  }

  @Test
  void aLongHeaderBlockIsRead() {
    byte[] line = block("x-long", "x".repeat(16_000));
    byte[] piece = frame(CONTINUATION, 0, 1, line);
    byte[] start = frame(HEADERS, END_STREAM, 1, block(":status", "200"));
    byte[] end = frame(CONTINUATION, END_HEADERS, 1, block("x-last", "found"));
    probingTls(
            http().failIfHeaderNotMatches("X-Last", "found", false),
            sending(start, repeat(piece, 640), end))
        .passes();
  }

  private static byte[] repeat(byte[] frame, int times) {
    byte[][] all = new byte[times][];
    Arrays.fill(all, frame);
    return all(all);
  }
}
