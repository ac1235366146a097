package io.sonde.probe.http;

import static io.sonde.probe.Phase.CHECK;
import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.Http2Peer.CONTINUATION;
import static io.sonde.testkit.Http2Peer.DATA;
import static io.sonde.testkit.Http2Peer.END_HEADERS;
import static io.sonde.testkit.Http2Peer.END_STREAM;
import static io.sonde.testkit.Http2Peer.HEADERS;
import static io.sonde.testkit.Http2Peer.PADDED;
import static io.sonde.testkit.Http2Peer.PING;
import static io.sonde.testkit.Http2Peer.all;
import static io.sonde.testkit.Http2Peer.block;
import static io.sonde.testkit.Http2Peer.data;
import static io.sonde.testkit.Http2Peer.frame;
import static io.sonde.testkit.Http2Peer.headers;
import static io.sonde.testkit.Http2Peer.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.net.tls.DryTlsPeer;
import io.sonde.probe.Failure;
import io.sonde.probe.Loops;
import io.sonde.probe.Metric;
import io.sonde.probe.Reason;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import io.sonde.testkit.Running;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2AnswerTest extends Http2Claims {
  private static final byte[] OK = headers(0, ":status", "200");
  private static final int WINDOW_BYTES = 4 << 20;
  private static final int PIECE_BYTES = 16_384;

  @Test
  void theVersionIsTheOneThatModulesKnow() {
    probingTls(http().versions("HTTP/2.0"), sending(Http2Peer.ok("hello")))
        .passes()
        .shows(2, Metric.PROBE_HTTP_VERSION);
    probingTls(http().versions("HTTP/2", "HTTP/1.1"), sending(Http2Peer.ok("hello")))
        .failsIn(CHECK, Reason.VERSION)
        .saying("HTTP/2.0");
  }

  @Test
  void dryProbesSpeakItToo() throws IOException {
    try (Loops loops = Loops.start(1);
        DryTlsPeer peer = DryTlsPeer.listen(loops)) {
      HttpSpecs specs = http().versions("HTTP/2.0").trusting(peer.authorityPem());
      probing(specs, "https://127.0.0.1:" + peer.port()).passes();
    }
  }

  @Test
  void anAnswerMayComeInManyWays() {
    byte[] padded = frame(DATA, PADDED, 1, new byte[] {2, 'h', 'e', 0, 0});
    byte[] weighed =
        frame(HEADERS, END_HEADERS | 0x20, 1, all(new byte[5], block(":status", "200")));
    Peer peer =
        sending(
            headers(0, ":status", "103", "link", "</a>"),
            weighed,
            settings(4, 100),
            padded,
            frame(0xfe, 0xff, 7, new byte[10]),
            data(0, ""),
            data(0, "llo"),
            headers(END_STREAM, "x-checksum", "1"));
    probingTls(http().failIfBodyNotMatches("^hello$"), peer)
        .passes()
        .shows(-1, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void anAnswerMayComeByteByByte() {
    byte[] answer =
        all(
            frame(HEADERS, 0, 1, block(":status", "200")),
            frame(CONTINUATION, END_HEADERS, 1, block("x-a", "1")),
            data(END_STREAM, "hello"));
    Peer peer = Http2Peer.reads(rig.closing(Peer.listening()), SERVER);
    for (byte b : answer) {
      peer.sends(new byte[] {b});
    }
    probingTls(http().failIfHeaderNotMatches("X-A", "1", false), peer)
        .passes()
        .shows(5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 200, '', true, 0",
    "GET, 204, '', true, 0",
    "HEAD, 200, '', true, -1",
    "HEAD, 200, 7, true, 7",
    "GET, 304, 7, true, 7",
    "GET, 204, 7, true, 7",
    "GET, 200, 0, true, 0",
    "GET, 200, nonsense, false, -1",
    "GET, 200, -5, false, -1",
    "GET, 200, '5;5', false, -1",
    "GET, 200, '5;6', false, -1",
    "GET, 200, 5, false, 5",
    "GET, 200, '', false, -1"
  })
  void theLengthIsWhatTheHeadSays(
      String method, int status, String lengths, boolean ends, double shown) {
    List<String> fields = new ArrayList<>(List.of(":status", Integer.toString(status)));
    for (String length : lengths.isEmpty() ? new String[0] : lengths.split(";")) {
      fields.addAll(List.of("content-length", length));
    }
    byte[] head = headers(ends ? END_STREAM : 0, fields.toArray(new String[0]));
    Peer peer = ends ? sending(head) : sending(head, data(END_STREAM, "hello"));
    probingTls(http().method(method).statusCodes(status), peer)
        .passes()
        .shows(shown, Metric.PROBE_HTTP_CONTENT_LENGTH)
        .shows(ends ? 0 : 5, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void redirectsAreFollowedOverConnectionsOfTheirOwn() {
    Peer peer = rig.closing(Peer.listening());
    byte[] redirect = headers(END_STREAM, ":status", "302", "location", "/b", "set-cookie", "a=1");
    Http2Peer.reads(peer, SERVER).sends(redirect).thenOnNextConnection();
    Http2Peer.answers(peer, SERVER, Http2Peer.ok("hello"));
    probingTls(http(), peer).passes().shows(1, Metric.PROBE_HTTP_REDIRECTS);
    List<String> second = Http2Peer.request(peer.connection(1)).fields();
    assertTrue(second.containsAll(List.of(":path: /b", "cookie: a=1")), second::toString);
  }

  @Test
  void pingsAreAnswered() {
    byte[] opaque = {1, 2, 3, 4, 5, 6, 7, 8};
    List<Http2Peer.Frame> replies = new ArrayList<>();
    Peer peer =
        sending(frame(PING, 0, 0, opaque))
            .does(
                conversation -> {
                  replies.add(Http2Peer.readFrame(conversation));
                  replies.add(Http2Peer.readFrame(conversation));
                })
            .sends(Http2Peer.ok("hello"));
    probingTls(http(), peer).passes();
    assertEquals(Http2Peer.SETTINGS, replies.get(0).type());
    assertEquals(Http2Peer.ACK, replies.get(0).flags());
    assertEquals(PING, replies.get(1).type());
    assertEquals(Http2Peer.ACK, replies.get(1).flags());
    assertEquals(ByteBuffer.wrap(opaque), replies.get(1).payload());
  }

  @Test
  void aLongBodyIsGrantedAsItIsRead() {
    int pieces = 3 * WINDOW_BYTES / PIECE_BYTES;
    Peer peer =
        sending(OK)
            .does(
                conversation -> {
                  long granted = WINDOW_BYTES;
                  for (int i = 0; i < pieces; i++) {
                    while (granted < PIECE_BYTES) {
                      granted += grant(Http2Peer.readFrame(conversation));
                    }
                    granted -= PIECE_BYTES;
                    conversation.write(data(0, new byte[PIECE_BYTES]));
                  }
                  conversation.write(data(END_STREAM, ""));
                });
    probingTls(http(), peer)
        .passes()
        .shows((double) pieces * PIECE_BYTES, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  private static int grant(Http2Peer.Frame frame) {
    boolean grants = frame.type() == Http2Peer.WINDOW_UPDATE && frame.stream() == 1;
    return grants ? frame.payload().getInt(0) : 0;
  }

  @Test
  void aBodyThatUnpacksToMuchIsReadInSteps() {
    int unpacked = 20 << 20;
    byte[] body = HttpPeer.gzipped(new byte[unpacked]);
    Peer peer = Http2Peer.reads(rig.closing(Peer.listening()), SERVER).sends(OK);
    for (int from = 0; from < body.length; from += 1_000) {
      int to = Math.min(body.length, from + 1_000);
      peer.sends(data(0, Arrays.copyOfRange(body, from, to)));
    }
    peer.sends(data(END_STREAM, ""));
    probingTls(http().compression("gzip"), peer)
        .passes()
        .shows(unpacked, Metric.PROBE_HTTP_UNCOMPRESSED_BODY_LENGTH);
  }

  @Test
  void aServerThatKnowsOnlyHttp1IsProbedWithThat() {
    Peer peer = rig.closing(Peer.listening()).startsTls(SERVER, "http/1.1");
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    probingTls(http(), peer).passes().has(Metric.PROBE_HTTP_VERSION);
    assertTrue(peer.received().startsWith("GET / HTTP/1.1\r\n"), peer::received);
  }

  @Test
  void noAnswerHoweverGarbledIsABug() {
    byte[] answer =
        all(
            settings(4, 100),
            headers(0, ":status", "103"),
            frame(HEADERS, 0, 1, block(":status", "200", "content-length", "5")),
            frame(CONTINUATION, END_HEADERS, 1, block("x-a", "1")),
            frame(DATA, PADDED, 1, new byte[] {2, 'h', 'e', 0, 0}),
            frame(PING, 0, 0, new byte[8]),
            data(0, "llo"),
            headers(END_STREAM, "x-b", "2"));
    Random random = new Random(42);
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      byte[] garbled = answer.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
      }
      Peer peer = rig.closing(Peer.listening()).startsTls(SERVER, "h2");
      peer.does(Http2Peer::readRequest).sends(garbled).closes();
      all.add(probingTls(http(), peer).starts());
    }
    for (Running running : all) {
      Failure failure = running.ends().result().verdict().failure();
      assertTrue(failure == null || failure.reason() != Reason.INTERNAL, () -> "" + failure);
    }
  }
}
