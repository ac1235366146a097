package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Loops;
import io.sonde.server.listen.ListenAddress;
import io.sonde.testkit.Http2Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large answers to clients of HTTP/2 that take them slowly, or not at all. */
class Http2SlowReaderTest {
  /** Above what may wait on a connection while more is begun. */
  private static final int ANSWER_BYTES = 3 << 20;

  /** So many of them are kept for a client that takes nothing. */
  private static final int MOST_HELD = 2;

  private static final int STREAMS = 50;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int CANCEL = 8;

  private final Loops loops = Loops.start(1);
  private final BlockingQueue<Exchange> asked = new LinkedBlockingQueue<>();
  private final byte[] body = new byte[ANSWER_BYTES];
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server = server(Limits.DEFAULT);
  }

  @AfterEach
  void close() {
    server.stop(Duration.ZERO, () -> 0);
    loops.close();
  }

  @Test
  void ofManyLargeAnswersOnlyThoseAreKeptThatFit() throws Exception {
    try (Http2Client slow = Http2Client.greeting(ServerRig.port(server), INITIAL_WINDOW_SIZE, 0);
        Http2Client other = Http2Client.greeting(ServerRig.port(server))) {
      for (int i = 0; i < STREAMS; i++) {
        slow.get(2 * i + 1, "/large");
      }
      // Behind the first all requests have been read, behind the second what was begun is answered.
      int heads = headsUntilPong(slow) + headsUntilPong(slow);
      assertTrue(heads >= 1 && heads <= MOST_HELD, heads + " answers are kept");
      other.get(1, "/small");
      assertEquals("ok", other.answer(1).body(), "others are served by the same loop");
    }
  }

  @Test
  void whoTakesThemSlowlyGetsAllOfThem() throws Exception {
    try (Http2Client slow = Http2Client.greeting(ServerRig.port(server))) {
      slow.get(1, "/large");
      slow.get(3, "/large");
      int left = 2 * ANSWER_BYTES;
      while (left > 0) {
        Http2Peer.Frame data = slow.await(Http2Peer.DATA);
        int length = data.payload().remaining();
        left -= length;
        slow.send(
            Http2Peer.frame(Http2Peer.WINDOW_UPDATE, 0, 0, length),
            Http2Peer.frame(Http2Peer.WINDOW_UPDATE, 0, data.stream(), length));
      }
      assertEquals(0, left);
    }
  }

  @Test
  void whoTakesNothingIsGivenUpStreamByStream() throws Exception {
    Server quick = server(ServerRig.QUICK);
    try (Http2Client slow = Http2Client.greeting(ServerRig.port(quick), INITIAL_WINDOW_SIZE, 0)) {
      slow.get(1, "/large");
      awaitAsked();
      assertEquals(CANCEL, slow.await(Http2Peer.RST_STREAM).payload().getInt());
    } finally {
      quick.stop(Duration.ZERO, () -> 0);
    }
  }

  /** Asks for a sign of life, and counts the heads of answers that come before it. */
  private static int headsUntilPong(Http2Client client) throws IOException {
    client.send(Http2Peer.frame(Http2Peer.PING, 0, 0, new byte[8]));
    AtomicInteger heads = new AtomicInteger();
    client.await(
        frame -> {
          if (frame.type() == Http2Peer.HEADERS) {
            heads.incrementAndGet();
          }
          return frame.type() == Http2Peer.PING;
        });
    return heads.get();
  }

  private void awaitAsked() throws InterruptedException {
    assertNotNull(asked.poll(10, TimeUnit.SECONDS), "a request");
  }

  private Server server(Limits limits) throws IOException {
    Server made =
        new Server(
            loops,
            this::answer,
            limits,
            List.of(ListenAddress.parse("127.0.0.1:0")),
            TestEncryption.CLEAR_HTTP_2);
    made.listen();
    assertTrue(ServerRig.port(made) > 0);
    return made;
  }

  private void answer(Exchange exchange) {
    if (exchange.target().path().equals("/small")) {
      exchange.respond(ResponseHead.PLAIN, "ok");
    } else {
      asked.add(exchange);
      exchange.respond(ResponseHead.PLAIN, body, body.length);
    }
  }
}
