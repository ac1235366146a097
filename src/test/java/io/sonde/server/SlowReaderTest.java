package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.Loops;
import io.sonde.server.listen.ListenAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do not read what they asked for. */
class SlowReaderTest {
  /** More than kernels buffer for a client with a small buffer. */
  private static final int ANSWER_BYTES = 16 << 20;

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
  private static final Duration FAR = Duration.ofMinutes(1);

  private final Loops loops = Loops.start(1);
  private final BlockingQueue<Exchange> asked = new LinkedBlockingQueue<>();
  private final byte[] body = new byte[ANSWER_BYTES];

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void anAnswerThatIsNotTakenInTimeIsCutOff() throws Exception {
    Server server = server(Duration.ofMillis(200));
    try (Client client = client(server)) {
      client.raw(REQUEST);
      awaitAsked();
      awaitNoConnection(server);
      assertThrows(IOException.class, () -> demandWhole(client));
    } finally {
      server.stop(Duration.ZERO, () -> 0);
    }
  }

  @Test
  void whoDoesNotTakeAnAnswerGetsNoFurtherOneMade() throws Exception {
    Server server = server(Duration.ofMillis(200));
    try (Client client = client(server)) {
      client.raw(REQUEST.repeat(8));
      awaitAsked();
      awaitNoConnection(server);
      assertEquals(0, asked.size(), "further answers");
    } finally {
      server.stop(Duration.ZERO, () -> 0);
    }
  }

  @Test
  void whoTakesAnswersLateGetsAllOfThem() throws Exception {
    Server server = server(FAR);
    try (Client client = client(server)) {
      client.raw(REQUEST.repeat(3));
      awaitAsked();
      for (int i = 0; i < 3; i++) {
        demandWhole(client);
      }
    } finally {
      server.stop(Duration.ZERO, () -> 0);
    }
  }

  @Test
  void anAnswerOnItsWayIsNotLostWhenTheServerStops() throws Exception {
    Server server = server(FAR);
    try (Client client = client(server)) {
      client.raw(REQUEST);
      awaitAsked();
      Thread stopper = new Thread(() -> server.stop(FAR, () -> 0));
      stopper.start();
      demandWhole(client);
      assertTrue(client.ended());
      stopper.join();
    }
  }

  @Test
  void theEndOfTheGraceIsTheEndOfEveryConnection() throws Exception {
    Server server = server(FAR);
    try (Client client = client(server)) {
      client.raw(REQUEST);
      awaitAsked();
      server.stop(Duration.ofMillis(100), () -> 0);
      assertThrows(IOException.class, () -> demandWhole(client));
    }
  }

  private Server server(Duration response) throws IOException {
    Limits limits = new Limits(1024, 2048, 1000, 4, Duration.ofMillis(100), FAR, response);
    Server server =
        new Server(
            loops,
            this::answer,
            limits,
            List.of(ListenAddress.parse("127.0.0.1:0")),
            Encryption.NONE);
    server.listen();
    return server;
  }

  private void answer(Exchange exchange) {
    exchange.respond(ResponseHead.PLAIN, body, body.length);
    asked.add(exchange);
  }

  private static Client client(Server server) throws IOException {
    return Client.withSmallBuffer(ServerRig.port(server));
  }

  private void awaitAsked() throws InterruptedException {
    assertNotNull(asked.poll(10, TimeUnit.SECONDS), "a request");
  }

  private void awaitNoConnection(Server server) {
    long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (server.isConnected()) {
      assertTrue(System.nanoTime() < giveUpAt, "expected the connection to be closed");
      loops.next().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
  }

  private static void demandWhole(Client client) throws IOException {
    int length = client.answer().raw().length();
    if (length < ANSWER_BYTES) {
      throw new IOException("got " + length + " bytes");
    }
  }
}
