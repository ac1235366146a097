package io.sonde.probe.http;

import static io.sonde.probe.http.HttpSpecs.http;
import static io.sonde.testkit.Http2Peer.DATA;
import static io.sonde.testkit.Http2Peer.SETTINGS;
import static io.sonde.testkit.Http2Peer.WINDOW_UPDATE;
import static io.sonde.testkit.Http2Peer.frame;
import static io.sonde.testkit.Http2Peer.headers;
import static io.sonde.testkit.Http2Peer.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Metric;
import io.sonde.probe.Product;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.HttpPeer;
import io.sonde.testkit.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http2RequestTest extends Http2Claims {
  @TempDir private Path folder;

  @Test
  void aPlainRequestIsWhatTheReferenceSends() {
    Peer peer = sending(Http2Peer.ok("hello"));
    Http2Peer.Request request = request(http(), peer);
    assertEquals(
        List.of(
            ":authority: good.example:" + peer.port(),
            ":method: GET",
            ":path: /",
            ":scheme: https",
            "user-agent: " + Product.USER_AGENT),
        request.fields());
    assertEquals("", request.body());
  }

  @Test
  void theConnectionBeginsWithSettingsThatForbidPushes() {
    List<Http2Peer.Frame> frames = new CopyOnWriteArrayList<>();
    Peer peer =
        rig.closing(Peer.listening())
            .startsTls(SERVER, "h2")
            .reads(Http2Peer.MAGIC.length())
            .does(
                conversation -> {
                  frames.add(Http2Peer.readFrame(conversation));
                  frames.add(Http2Peer.readFrame(conversation));
                })
            .sends(settings())
            .sends(Http2Peer.ok("hello"));
    probingTls(http(), peer).passes();
    assertEquals(SETTINGS, frames.get(0).type());
    assertEquals(
        Http2Peer.Frame.readFrom(ByteBuffer.wrap(settings(2, 0, 4, 4 << 20, 6, 10 << 20))),
        frames.get(0));
    assertEquals(WINDOW_UPDATE, frames.get(1).type());
  }

  @Test
  void fieldsOfTheConnectionAreLeftOut() {
    HttpSpecs specs =
        http()
            .method("POST")
            .body("a=1")
            .header("Host", "my.host")
            .header("Connection", "keep-alive")
            .header("Keep-Alive", "timeout=5")
            .header("Proxy-Connection", "close")
            .header("Upgrade", "h2c")
            .header("TE", "trailers")
            .header("Cookie", "a=1; b=2;c=3")
            .header("X-Foo", "Bar")
            .header("User-Agent", "me");
    Http2Peer.Request request = request(specs, sending(Http2Peer.ok("hello")));
    assertEquals(
        List.of(
            ":authority: my.host",
            ":method: POST",
            ":path: /",
            ":scheme: https",
            "user-agent: me",
            "cookie: a=1",
            "cookie: b=2",
            "cookie: c=3",
            "te: trailers",
            "x-foo: Bar",
            "content-length: 3"),
        request.fields());
    assertEquals("a=1", request.body());
  }

  @Test
  void anEmptyPostSaysSo() {
    Http2Peer.Request request = request(http().method("POST"), sending(Http2Peer.ok("hello")));
    assertTrue(request.fields().contains("content-length: 0"), request::toString);
  }

  @Test
  void otherMethodsAndPathsAreSpelledOut() {
    Peer peer = sending(Http2Peer.ok("hello"));
    probingTls(http().method("PURGE"), peer, "/a?b=grün").passes();
    assertEquals(
        List.of(":method: PURGE", ":path: /a?b=gr\u00c3\u00bcn"),
        Http2Peer.request(peer.connection(0)).fields().subList(1, 3));
  }

  @Test
  void aTunnelHasNoPath() {
    Http2Peer.Request request = request(http().method("CONNECT"), sending(Http2Peer.ok("hello")));
    assertEquals(":method: CONNECT", request.fields().get(1));
    assertTrue(request.fields().get(2).startsWith("user-agent"), request::toString);
  }

  @Test
  void longHeadersGoOnInFurtherFrames() {
    HttpSpecs specs = http();
    for (int i = 0; i < 9; i++) {
      specs.header("X-Long-" + i, "x".repeat(5_000));
    }
    Http2Peer.Request request = request(specs, sending(Http2Peer.ok("hello")));
    assertTrue(request.fields().contains("x-long-8: " + "x".repeat(5_000)), "all of them arrive");
  }

  @Test
  void aBodyFileHasNoLength() throws IOException {
    Path file = Files.writeString(folder.resolve("body"), "from a file");
    Http2Peer.Request request =
        request(http().method("PUT").bodyFile(file.toString()), sending(Http2Peer.ok("hello")));
    assertEquals("from a file", request.body());
    assertTrue(
        request.fields().stream().noneMatch(f -> f.startsWith("content-length")),
        request::toString);
  }

  @Test
  void anEmptyBodyFileIsAnEmptyBody() throws IOException {
    Path file = Files.writeString(folder.resolve("body"), "");
    HttpSpecs specs = http().method("PUT").bodyFile(file.toString());
    assertEquals("", request(specs, sending(Http2Peer.ok("hello"))).body());
  }

  @Test
  void aLongBodyWaitsForTheWindows() {
    String body = "0123456789".repeat(30_000);
    List<Integer> pieces = new CopyOnWriteArrayList<>();
    Peer peer =
        rig.closing(Peer.listening())
            .startsTls(SERVER, "h2")
            .sends(settings(4, 100_000))
            .reads(Http2Peer.MAGIC.length())
            .does(
                conversation -> {
                  while (true) {
                    Http2Peer.Frame frame = Http2Peer.readFrame(conversation);
                    if (frame.type() == DATA) {
                      pieces.add(frame.payload().remaining());
                      if ((frame.flags() & Http2Peer.END_STREAM) != 0) {
                        return;
                      }
                      conversation.write(frame(WINDOW_UPDATE, 0, 0, frame.payload().remaining()));
                      conversation.write(frame(WINDOW_UPDATE, 0, 1, frame.payload().remaining()));
                    }
                  }
                })
            .sends(Http2Peer.ok("hello"));
    probingTls(http().method("POST").body(body), peer).passes();
    assertEquals(body, Http2Peer.request(peer.connection(0)).body());
    assertTrue(pieces.stream().allMatch(n -> n <= 16_384), pieces::toString);
  }

  @Test
  void aWindowThatShrinksBelowNothingIsWaitedFor() {
    String body = "x".repeat(70_000);
    List<Integer> pieces = new CopyOnWriteArrayList<>();
    Peer peer =
        rig.closing(Peer.listening())
            .startsTls(SERVER, "h2")
            .reads(Http2Peer.MAGIC.length())
            .does(
                conversation -> {
                  int read = 0;
                  while (read < 65_535) {
                    Http2Peer.Frame frame = Http2Peer.readFrame(conversation);
                    read += frame.type() == DATA ? frame.payload().remaining() : 0;
                  }
                  // The stream's window is 10 - 65,535 then.
                  conversation.write(settings(4, 10));
                  conversation.write(frame(WINDOW_UPDATE, 0, 0, 100_000));
                  conversation.write(frame(WINDOW_UPDATE, 0, 1, 65_525 + 5));
                  while (pieces.isEmpty()) {
                    Http2Peer.Frame frame = Http2Peer.readFrame(conversation);
                    if (frame.type() == DATA) {
                      pieces.add(frame.payload().remaining());
                    }
                  }
                  conversation.write(frame(WINDOW_UPDATE, 0, 1, 70_000));
                  Http2Peer.readToEndOfStream(conversation);
                })
            .sends(Http2Peer.ok("hello"));
    probingTls(http().method("POST").body(body), peer).passes();
    assertEquals(List.of(5), pieces);
  }

  @Test
  void anAnswerMayComeBeforeTheBodyWasTaken() {
    Peer peer =
        rig.closing(Peer.listening())
            .startsTls(SERVER, "h2")
            .sends(settings(4, 0))
            .reads(Http2Peer.MAGIC.length())
            .sends(headers(Http2Peer.END_STREAM, ":status", "413"));
    probingTls(http().method("POST").body("x".repeat(1 << 20)).statusCodes(413), peer)
        .passes()
        .shows(413, Metric.PROBE_HTTP_STATUS_CODE);
  }

  @Test
  void aBodyMayWaitForTheServerToAskForIt() {
    List<Integer> before = new ArrayList<>();
    Peer peer =
        rig.closing(Peer.listening())
            .startsTls(SERVER, "h2")
            .sends(settings())
            .reads(Http2Peer.MAGIC.length())
            .does(
                conversation -> {
                  while (!before.contains(Http2Peer.HEADERS)) {
                    before.add(Http2Peer.readFrame(conversation).type());
                  }
                })
            .sends(headers(0, ":status", "100"))
            .does(Http2Peer::readToEndOfStream)
            .sends(Http2Peer.ok("hello"));
    HttpSpecs specs = http().method("POST").body("a=1").header("Expect", "100-continue");
    probingTls(specs, peer).passes();
    assertTrue(!before.contains(DATA), before::toString);
    assertEquals("a=1", Http2Peer.request(peer.connection(0)).body());
  }

  @Test
  void whoAsksForAnUpgradeSpeaksHttp1() {
    Peer peer = rig.closing(Peer.listening()).startsTls(SERVER, "h2", "http/1.1");
    HttpPeer.answers(peer, HttpPeer.ok("hello"));
    HttpSpecs specs = http().header("Connection", "Upgrade").header("Upgrade", "websocket");
    probingTls(specs, peer).passes();
    assertTrue(peer.received().contains("\r\nUpgrade: websocket\r\n"), peer::received);
    assertEquals("", peer.connection(0).tls().getApplicationProtocol());
  }

  private Http2Peer.Request request(HttpSpecs specs, Peer peer) {
    probingTls(specs, peer).passes();
    return Http2Peer.request(peer.connection(0));
  }
}
