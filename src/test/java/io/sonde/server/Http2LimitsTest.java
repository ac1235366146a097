package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.ProbeRun;
import io.sonde.testkit.Http2Peer;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client of HTTP/2 cannot make the server do. */
class Http2LimitsTest {
  private static final int NO_ERROR = 0;
  private static final int PROTOCOL_ERROR = 1;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int FRAME_SIZE_ERROR = 6;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MORE_THAN_ENOUGH = 20_000;

  private static final Limits PATIENT =
      new Limits(
          1024,
          2048,
          1000,
          4,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMillis(200));

  private ServerRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = rig(PATIENT);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @Test
  void resetsInRapidSuccessionEndTheConnection() throws Exception {
    byte[][] frames = new byte[2 * Http2Builder.MAX_RESETS + 4][];
    for (int i = 0; i < frames.length; i += 2) {
      frames[i] = Http2Client.request(i + 1, Http2Peer.END_STREAM, "GET", "/probe?target=pass");
      frames[i + 1] = Http2Peer.frame(Http2Peer.RST_STREAM, 0, i + 1, CANCEL);
    }
    assertEquals(ENHANCE_YOUR_CALM, goodbyeAfter(frames));
  }

  @Test
  void pingsWithoutEndEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM, goodbyeAfterMany(Http2Peer.frame(Http2Peer.PING, 0, 0, new byte[8])));
  }

  @Test
  void settingsWithoutEndEndTheConnection() throws Exception {
    assertEquals(ENHANCE_YOUR_CALM, goodbyeAfterMany(Http2Peer.settings()));
  }

  @Test
  void prioritiesWithoutEndEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM,
        goodbyeAfterMany(Http2Peer.frame(Http2Peer.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 9})));
  }

  @Test
  void unknownFramesWithoutEndEndTheConnection() throws Exception {
    try (Http2Client client = Http2Client.greeting(rig.port())) {
      sendMany(client, Http2Peer.frame(77, 0, 0, new byte[0]));
      assertTrue(client.ended());
    }
  }

  @Test
  void emptyPiecesOfABodyWithoutEndEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM,
        goodbyeAfter(
            Http2Client.request(1, 0, "POST", "/-/healthy"),
            many(Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[0]))));
  }

  @Test
  void headersInSmallPiecesWithoutEndEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM,
        goodbyeAfter(
            Http2Peer.frame(Http2Peer.HEADERS, 0, 1, new byte[0]),
            many(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1, new byte[1]))));
  }

  @Test
  void headersInLargePiecesWithoutEndEndTheConnection() throws Exception {
    byte[] piece = Http2Peer.block("x", "y".repeat(1_000));
    assertEquals(
        PROTOCOL_ERROR,
        goodbyeAfter(
            Http2Peer.frame(Http2Peer.HEADERS, 0, 1, piece),
            many(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1, piece))));
  }

  @Test
  void tooLargeHeadersAre431() throws Exception {
    try (Http2Client client = Http2Client.greeting(rig.port())) {
      client.send(Http2Client.request(1, Http2Peer.END_STREAM, "GET", "/", "x", "y".repeat(2_100)));
      assertEquals("431", client.answer(1).status());
      client.get(3, "/-/healthy");
      assertEquals("Healthy", client.answer(3).body());
    }
  }

  @Test
  void tooLongABodyIs413AndNotReadOn() throws Exception {
    try (Http2Client client = Http2Client.greeting(rig.port())) {
      client.send(Http2Client.request(1, 0, "POST", "/-/healthy"));
      client.send(Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[2_000]));
      assertEquals("413", client.answer(1).status());
      assertEquals(NO_ERROR, client.await(Http2Peer.RST_STREAM).payload().getInt());
    }
  }

  @Test
  void aStreamMoreThanAllowedIsRefused() throws Exception {
    try (Http2Client client = Http2Client.greeting(rig.port())) {
      int stream = 1;
      for (int i = 0; i < Http2Builder.MAX_STREAMS; i++, stream += 2) {
        client.send(Http2Client.request(stream, 0, "POST", "/-/healthy"));
      }
      client.get(stream, "/-/healthy");
      assertEquals(REFUSED_STREAM, client.await(Http2Peer.RST_STREAM).payload().getInt());
    }
  }

  @Test
  void brokenRulesEndTheConnection() throws Exception {
    byte[] largeFrame = Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[20_000]);
    assertEquals(FRAME_SIZE_ERROR, goodbyeAfter(largeFrame));
    assertEquals(
        PROTOCOL_ERROR, goodbyeAfter(Http2Client.request(2, Http2Peer.END_STREAM, "GET", "/")));
    assertEquals(PROTOCOL_ERROR, goodbyeAfter(Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[1])));
    try (Http2Client client = new Http2Client(rig.port())) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(PROTOCOL_ERROR, client.goodbye());
    }
  }

  @Test
  void brokenRequestsAreResetAlone() throws Exception {
    String[][] broken = {
      {"Upper", "case"},
      {"connection", "close"},
      {"transfer-encoding", "chunked"},
      {":path", "/again"},
      {":unknown", "x"},
      {"a\r\nb", "x"},
      {"x", "a\r\nHost: b"},
      {"content-length", "1"},
      {"content-length", "1, 2"},
    };
    try (Http2Client client = Http2Client.greeting(rig.port())) {
      int stream = 1;
      for (String[] field : broken) {
        client.send(Http2Client.request(stream, Http2Peer.END_STREAM, "GET", "/", field));
        assertEquals(
            PROTOCOL_ERROR,
            client.await(Http2Peer.RST_STREAM).payload().getInt(),
            Arrays.toString(field));
        stream += 2;
      }
      client.get(stream, "/-/healthy");
      assertEquals("Healthy", client.answer(stream).body());
    }
  }

  @Test
  void anAnswerForWhichNoWindowOpensIsGivenUp() throws Exception {
    try (Http2Client client = Http2Client.greeting(rig.port(), INITIAL_WINDOW_SIZE, 0)) {
      client.get(1, "/-/healthy");
      assertEquals(CANCEL, client.await(Http2Peer.RST_STREAM).payload().getInt());
    }
  }

  @Test
  void anAnswerForWhichAWindowOpensLateArrives() throws Exception {
    try (ServerRig calm = rig(Limits.DEFAULT);
        Http2Client client = Http2Client.greeting(calm.port(), INITIAL_WINDOW_SIZE, 0)) {
      client.get(1, "/-/healthy");
      assertEquals("200", String.valueOf(client.head(1).status()));
      client.send(Http2Peer.frame(Http2Peer.WINDOW_UPDATE, 0, 1, 100));
      assertEquals("Healthy", client.body(1));
    }
  }

  @Test
  void anIdleConnectionIsToldAndClosed() throws Exception {
    try (ServerRig quick = rig(ServerRig.QUICK);
        Http2Client client = Http2Client.greeting(quick.port())) {
      assertEquals(NO_ERROR, client.goodbye());
    }
  }

  @Test
  void aRunningProbeIsNoIdleConnection() throws Exception {
    try (ServerRig quick = rig(ServerRig.QUICK);
        Http2Client client = Http2Client.greeting(quick.port());
        Http2Client idle = Http2Client.greeting(quick.port())) {
      client.get(1, "/probe?target=wait");
      ProbeRun run = quick.awaitRun();
      assertTrue(idle.ended(), "meanwhile the idle limit has passed");
      quick.release();
      assertTrue(client.answer(1).body().contains("probe_success 1"));
      assertTrue(run.settled());
    }
  }

  @Test
  void whoNeverGreetsIsCut() throws Exception {
    try (ServerRig quick = rig(ServerRig.QUICK);
        Http2Client silent = new Http2Client(quick.port());
        Http2Client slow = new Http2Client(quick.port())) {
      slow.send("PRI * HT".getBytes(StandardCharsets.US_ASCII));
      assertTrue(silent.ended());
      assertTrue(slow.ended());
    }
  }

  @Test
  void aFrameThatNeverEndsIsCut() throws Exception {
    try (ServerRig quick = rig(ServerRig.QUICK);
        Http2Client client = Http2Client.greeting(quick.port())) {
      client.get(1, "/probe?target=wait");
      quick.awaitRun();
      client.send(new byte[] {0, 0, 9, Http2Peer.DATA});
      assertTrue(client.ended());
    }
  }

  @Test
  void aRequestThatNeverEndsIsTold() throws Exception {
    try (ServerRig quick = rig(ServerRig.QUICK);
        Http2Client client = Http2Client.greeting(quick.port())) {
      client.send(Http2Client.request(1, 0, "POST", "/-/healthy"));
      assertEquals("408", client.answer(1).status());
    }
  }

  private int goodbyeAfterMany(byte[] frame) throws IOException {
    return goodbyeAfter(many(frame));
  }

  private int goodbyeAfter(byte[]... frames) throws IOException {
    try (Http2Client client = Http2Client.greeting(rig.port())) {
      try {
        client.send(frames);
      } catch (SocketException ignored) {
        // It was closed meanwhile.
      }
      return client.goodbye();
    }
  }

  private static void sendMany(Http2Client client, byte[] frame) throws IOException {
    try {
      client.send(many(frame));
    } catch (SocketException ignored) {
      // It was closed meanwhile.
    }
  }

  private static byte[] many(byte[] frame) {
    byte[] all = new byte[frame.length * MORE_THAN_ENOUGH];
    for (int i = 0; i < all.length; i += frame.length) {
      System.arraycopy(frame, 0, all, i, frame.length);
    }
    return all;
  }

  private static ServerRig rig(Limits limits) throws Exception {
    Protection protection = new Protection(TestEncryption.CLEAR_HTTP_2, root -> root);
    return new ServerRig(limits, 100, "", "", WarmPaths.all(), protection);
  }
}
