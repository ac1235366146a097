package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.Http2Peer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SiteTest {
  private static final int MOST = RequestBody.MOST_BYTES;
  private static final Executor BROKEN_HERE = Runnable::run;

  @Test
  void theLongestBeginningAnswersWhatHasNoEndpointOfItsOwn() throws Exception {
    Site site =
        router ->
            router
                .under("a/", exchange -> say(exchange, "a"))
                .under("a/b/", exchange -> say(exchange, "b"))
                .with("a/own", exchange -> say(exchange, "own"));
    try (ServerRig rig = ServerRig.withSites(Protection.NONE, site)) {
      assertEquals("a x", rig.get("/a/x").body());
      assertEquals("a x/y", rig.get("/a/x/y").body());
      assertEquals("b x/y z", rig.get("/a/b/x/y%20z").body());
      assertEquals("a b/", rig.get("/a/b/").body());
      assertEquals("own ", rig.get("/a/own").body());
      assertEquals(404, rig.get("/a").status());
      assertEquals(404, rig.get("/a/").status());
      assertEquals("/a/x", rig.get("/a//x").header("location"));
      assertEquals("/a/x", rig.get("/a/b/.././x").header("location"));
    }
  }

  @Test
  void aSiteMayReplaceTheLandingPage() throws Exception {
    Site site = router -> router.with("", exchange -> say(exchange, "mine"));
    try (ServerRig rig = ServerRig.withSites(Protection.NONE, site)) {
      assertEquals("mine ", rig.get("/").body());
      assertEquals("Healthy", rig.get("/-/healthy").body());
    }
  }

  @Test
  void theBeginningOfABodyIsKept() throws Exception {
    try (ServerRig rig = ServerRig.withSites(Protection.NONE, SiteTest::echo);
        Client client = rig.connect()) {
      for (String body : new String[] {"", "{\"a\":\"\u00e9\"}", "x".repeat(MOST)}) {
        client.raw(
            "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        assertEquals(body.length() + " true " + body, client.answer().raw());
      }
      client.raw("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.raw("2\r\nab\r\n2001\r\n" + "x".repeat(MOST + 1) + "\r\n0\r\n\r\n");
      String answer = client.answer().raw();
      assertTrue(answer.startsWith((MOST + 3) + " false abxxx"), answer.substring(0, 30));
      assertTrue(answer.length() < MOST + 20, "only the beginning");
    }
  }

  @Test
  void theBeginningOfABodyIsKeptOverHttp2() throws Exception {
    Protection clear = new Protection(TestEncryption.CLEAR_HTTP_2, root -> root);
    try (ServerRig rig = ServerRig.withSites(clear, SiteTest::echo);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.send(
          Http2Client.request(1, 0, "POST", "/echo"),
          data(1, 0, "one, "),
          Http2Client.request(3, 0, "POST", "/echo"),
          data(3, 0, "x".repeat(MOST)),
          data(1, Http2Peer.END_STREAM, "two"));
      assertEquals("8 true one, two", client.answer(1).body());
      client.send(data(3, Http2Peer.END_STREAM, "y"));
      assertEquals((MOST + 1) + " false " + "x".repeat(MOST), client.answer(3).body());
    }
  }

  @Test
  void whatIsMadeInTheBackgroundIsAnsweredOnTheLoop() throws Exception {
    ExecutorService background = Executors.newSingleThreadExecutor();
    Site site =
        router ->
            router.with(
                "thread",
                exchange ->
                    exchange.answerFrom(
                        background,
                        () ->
                            Answer.of(
                                ResponseHead.PLAIN,
                                exchange.loop().inEventLoop() ? "loop" : "background")));
    try (ServerRig rig = ServerRig.withSites(Protection.NONE, site)) {
      assertEquals("background", rig.get("/thread").body());
    } finally {
      background.shutdownNow();
    }
  }

  @Test
  void aBugInTheBackgroundIsAnswered500() throws Exception {
    Endpoint broken =
        exchange ->
            exchange.answerFrom(
                BROKEN_HERE,
                () -> {
                  throw new IllegalStateException("a bug that this test wants");
                });
    try (ServerRig rig = ServerRig.withSites(Protection.NONE, r -> r.with("broken", broken))) {
      assertEquals(500, rig.get("/broken").status());
      assertEquals("Internal Server Error\n", rig.get("/broken").body());
    }
  }

  private static void say(Exchange exchange, String who) {
    exchange.respond(ResponseHead.PLAIN, who + " " + exchange.rest());
  }

  private static void echo(Router router) {
    router.with(
        "echo",
        exchange -> {
          RequestBody body = exchange.body();
          String text = new String(body.bytes(), StandardCharsets.ISO_8859_1);
          byte[] answer =
              (body.length() + " " + body.isWhole() + " " + text)
                  .getBytes(StandardCharsets.ISO_8859_1);
          exchange.respond(ResponseHead.PLAIN, answer, answer.length);
        });
  }

  private static byte[] data(int stream, int flags, String text) {
    return Http2Peer.frame(
        Http2Peer.DATA, flags, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
