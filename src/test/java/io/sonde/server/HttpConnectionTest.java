package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.ProbeRun;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
  private ServerRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new ServerRig(ServerRig.QUICK, 100, "", "");
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    try (Client client = rig.connect()) {
      String healthy = "GET /-/healthy HTTP/1.1\r\nHost: t\r\n\r\n";
      client.raw("GET /probe?target=wait HTTP/1.1\r\nHost: t\r\n\r\n" + healthy.repeat(20));
      rig.awaitRun();
      rig.release();
      assertTrue(client.answer().body().contains("probe_success 1"));
      for (int i = 0; i < 20; i++) {
        assertEquals("Healthy", client.answer().body());
      }
    }
  }

  @Test
  void aRequestInSinglePiecesIsARequest() throws Exception {
    try (Client client = rig.connect()) {
      for (char c : "GET /-/healthy HTTP/1.1\r\nHost: t\r\n\r\n".toCharArray()) {
        client.raw(String.valueOf(c));
      }
      assertEquals("Healthy", client.answer().body());
    }
  }

  @Test
  void aClientThatNeverEndsItsRequestIsToldAndCut() throws Exception {
    try (Client client = rig.connect()) {
      client.raw("GET /-/healthy HTTP/1.1\r\nHo");
      assertEquals(408, client.answer().status());
      assertTrue(client.ended());
    }
  }

  @Test
  void aRequestWhoseHeadersNeverEndIsToldAndCut() throws Exception {
    try (Client client = rig.connect()) {
      client.raw("GET /-/healthy HTTP/1.1\r\n");
      assertEquals(408, client.answer().status());
      assertTrue(client.ended());
    }
  }

  @Test
  void wholeHeaderLinesGiveNoNewTime() throws Exception {
    try (Client client = rig.connect()) {
      client.raw("GET /-/healthy HTTP/1.1\r\n");
      while (!client.hasAnswer(Duration.ofMillis(20))) {
        client.raw("X: y\r\n");
      }
      assertEquals(408, client.answer().status());
    }
  }

  @Test
  void whoWaitsAtTheEndOfTheDaemonIsToldSo() throws Exception {
    try (Client client = rig.connect()) {
      client.send("GET", "/probe?target=wait");
      ProbeRun run = rig.awaitRun();
      rig.server.stop(Duration.ZERO, () -> 0);
      assertEquals(503, client.answer().status());
      assertTrue(client.ended());
      rig.awaitEnd(run);
    }
  }

  @Test
  void aClientThatNeverEndsItsBodyIsToldAndCut() throws Exception {
    try (Client client = rig.connect()) {
      client.raw("POST /-/healthy HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc");
      assertEquals(408, client.answer().status());
      assertTrue(client.ended());
    }
  }

  @Test
  void aConnectionWithNothingToSayIsClosed() throws Exception {
    try (Client client = rig.connect()) {
      assertTrue(client.ended());
    }
  }

  @Test
  void aRunningProbeIsNoIdleConnection() throws Exception {
    try (Client client = rig.connect();
        Client idle = rig.connect()) {
      client.send("GET", "/probe?target=wait");
      rig.awaitRun();
      assertTrue(idle.ended(), "meanwhile the idle limit has passed");
      rig.release();
      assertEquals(200, client.answer().status());
    }
  }

  @Test
  void tooLongARequestLineIs414() throws Exception {
    refused(414, "GET /" + "x".repeat(4_000) + " HTTP/1.1\r\nHost: t\r\n\r\n");
  }

  @Test
  void tooManyHeaderBytesAre431() throws Exception {
    refused(431, "GET / HTTP/1.1\r\nHost: t\r\nX: " + "x".repeat(4_000) + "\r\n\r\n");
  }

  @Test
  void tooLongABodyIs413() throws Exception {
    refused(413, "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5_000));
  }

  @Test
  void whatIsNoRequestIs400() throws Exception {
    refused(400, "\u0016\u0003\u0001\u0002\u0000\r\n\r\n");
    refused(400, "GET /%zz HTTP/1.1\r\nHost: t\r\n\r\n");
    refused(400, "GET nowhere HTTP/1.1\r\nHost: t\r\n\r\n");
    refused(400, "GET / HTTP/1.1\r\n\r\n");
    refused(400, "GET / HTTP/1.1\r\nHost: t\r\nbad header\r\n\r\n");
    refused(
        400, "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nnothexadecimal\r\n");
  }

  @Test
  void garbageBehindAProbeEndsIt() throws Exception {
    try (Client client = rig.connect()) {
      client.send("GET", "/probe?target=wait");
      ProbeRun run = rig.awaitRun();
      client.raw("garbage\r\n\r\n");
      rig.awaitEnd(run);
      assertEquals(400, client.answer().status());
    }
  }

  @Test
  void aSmallBodyIsReadAndForgotten() throws Exception {
    try (Client client = rig.connect()) {
      String request = "POST /-/healthy HTTP/1.1\r\nHost: t\r\n";
      client.raw(request + "Content-Length: 3\r\n\r\nabc");
      client.raw(request + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
      assertEquals("Healthy", client.answer().body());
      assertEquals("Healthy", client.answer().body());
    }
  }

  @Test
  void whoAsksBeforeSendingABodyIsLetGoOn() throws Exception {
    try (Client client = rig.connect()) {
      client.send("POST", "/-/healthy", "Content-Length: 3", "Expect: 100-continue");
      assertEquals(100, client.answer(false).status());
      client.raw("abc");
      assertEquals("Healthy", client.answer().body());
    }
  }

  @Test
  void theConnectionIsKeptAsTheClientAsks() throws Exception {
    try (Client client = rig.connect()) {
      client.raw("GET /-/healthy HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertEquals("keep-alive", client.answer().header("connection"));
      client.send("GET", "/-/healthy");
      assertEquals("", client.answer().header("connection"));
      client.send("GET", "/-/healthy", "Connection: close");
      assertEquals("close", client.answer().header("connection"));
      assertTrue(client.ended());
    }
    try (Client old = rig.connect()) {
      old.raw("GET /-/healthy HTTP/1.0\r\n\r\n");
      assertEquals("close", old.answer().header("connection"));
      assertTrue(old.ended());
    }
  }

  private void refused(int status, String request) throws Exception {
    try (Client client = rig.connect()) {
      client.raw(request);
      Client.Answer answer = client.answer();
      assertEquals(status, answer.status(), request);
      assertEquals("close", answer.header("connection"));
      assertTrue(client.ended());
    }
  }
}
