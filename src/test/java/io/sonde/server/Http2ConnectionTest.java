package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.sonde.probe.Loops;
import io.sonde.probe.ProbeRun;
import io.sonde.server.listen.ListenAddress;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.TestCa;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class Http2ConnectionTest {
  private static final int CANCEL = 8;

  @Test
  void scrapesOverTlsAreAnsweredByHttp2() throws Exception {
    TestCa ca = TestCa.root("scrapers trust it");
    try (ServerRig rig = rig(TestEncryption.of(ca.server("localhost")))) {
      HttpClient client = client(ca);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(get(client, rig.port(), "/probe?target=pass" + i));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        HttpResponse<String> response = answer.get();
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("probe_success 1"));
        assertEquals(
            response.body().length(),
            response.headers().firstValueAsLong("content-length").orElseThrow());
        assertTrue(response.headers().firstValue("date").isPresent());
      }
    }
  }

  @Test
  void whoDoesNotChooseHttp2GetsHttp1() throws Exception {
    TestCa ca = TestCa.root("scrapers trust it");
    try (ServerRig rig = rig(TestEncryption.of(ca.server("localhost")))) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(rig.port(), "/-/healthy"))
              .version(HttpClient.Version.HTTP_1_1)
              .build();
      HttpResponse<String> response =
          client(ca).send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(HttpClient.Version.HTTP_1_1, response.version());
      assertEquals("Healthy", response.body());
    }
  }

  @Test
  void streamsOfOneConnectionAreSpreadOverTheLoops() throws Exception {
    Set<EventLoop> seen = ConcurrentHashMap.newKeySet();
    Endpoint root =
        exchange -> {
          assertTrue(exchange.loop().inEventLoop());
          seen.add(exchange.loop());
          exchange.respond(ResponseHead.PLAIN, "ok");
        };
    try (Loops loops = Loops.start(3)) {
      Server server =
          new Server(
              loops,
              root,
              Limits.DEFAULT,
              List.of(ListenAddress.parse("127.0.0.1:0")),
              TestEncryption.CLEAR_HTTP_2);
      server.listen();
      try (Http2Client client = Http2Client.greeting(ServerRig.port(server))) {
        for (int stream = 1; stream < 12; stream += 2) {
          client.get(stream, "/");
          assertEquals("ok", client.answer(stream).body());
        }
      }
      assertEquals(Set.copyOf(loops.all()), seen);
      server.stop(Duration.ZERO, () -> 0);
    }
  }

  @Test
  void aStreamThatIsResetCancelsItsProbeAndNoOther() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.get(1, "/probe?target=wait");
      ProbeRun left = rig.awaitRun();
      client.get(3, "/probe?target=wait");
      rig.awaitRun();
      client.send(Http2Peer.frame(Http2Peer.RST_STREAM, 0, 1, CANCEL));
      rig.awaitEnd(left);
      rig.release();
      rig.release();
      assertTrue(client.answer(3).body().contains("probe_success 1"));
    }
  }

  @Test
  void aConnectionThatEndsCancelsItsProbes() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2)) {
      ProbeRun run;
      try (Http2Client client = Http2Client.greeting(rig.port())) {
        client.get(1, "/probe?target=wait");
        run = rig.awaitRun();
      }
      rig.awaitEnd(run);
    }
  }

  @Test
  void whatIsNoRequestIs400() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.get(1, "no-slash");
      assertEquals("400", client.answer(1).status());
      client.send(Http2Client.request(3, Http2Peer.END_STREAM, "G,T", "/"));
      assertEquals("400", client.answer(3).status());
      client.get(5, "/%zz");
      assertEquals("400", client.answer(5).status());
      client.send(
          Http2Peer.frame(
              Http2Peer.HEADERS,
              Http2Peer.END_STREAM | Http2Peer.END_HEADERS,
              7,
              Http2Peer.block(":method", "GET", ":scheme", "https", ":path", "/-/healthy")));
      assertEquals("400", client.answer(7).status());
      client.get(9, "/-/healthy");
      assertEquals("Healthy", client.answer(9).body());
    }
  }

  @Test
  void aSmallBodyIsReadAndForgotten() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.send(Http2Client.request(1, 0, "POST", "/-/healthy", "expect", "100-continue"));
      assertEquals("100", String.valueOf(client.head(1).status()));
      client.send(
          Http2Peer.frame(Http2Peer.DATA, 0, 1, "abc".getBytes(StandardCharsets.US_ASCII)),
          Http2Peer.frame(
              Http2Peer.HEADERS,
              Http2Peer.END_STREAM | Http2Peer.END_HEADERS,
              1,
              Http2Peer.block("x-trailer", "1")));
      assertEquals("Healthy", client.answer(1).body());
    }
  }

  @Test
  void aHeadRequestGetsNoBody() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.send(Http2Client.request(1, Http2Peer.END_STREAM, "HEAD", "/-/healthy"));
      Http2Client.Answer answer = client.answer(1);
      assertEquals("", answer.body());
      assertEquals("7", String.valueOf(answer.headers().get("content-length")));
    }
  }

  @Test
  void whatWasBegunIsAnsweredBeforeTheConnectionEnds() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.get(1, "/probe?target=wait");
      rig.awaitRun();
      Thread stopper =
          new Thread(() -> rig.server.stop(Duration.ofMinutes(1), rig.stats::inFlight));
      stopper.start();
      assertEquals(1, client.await(Http2Peer.GOAWAY).payload().getInt());
      rig.release();
      assertTrue(client.answer(1).body().contains("probe_success 1"));
      assertTrue(client.ended());
      stopper.join();
    }
  }

  @Test
  void whoWaitsAtTheEndOfTheDaemonIsToldSo() throws Exception {
    try (ServerRig rig = rig(TestEncryption.CLEAR_HTTP_2);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.get(1, "/probe?target=wait");
      ProbeRun run = rig.awaitRun();
      rig.server.stop(Duration.ZERO, () -> 0);
      assertEquals("503", client.answer(1).status());
      assertTrue(client.ended());
      rig.awaitEnd(run);
    }
  }

  private static ServerRig rig(Encryption encryption) throws Exception {
    return new ServerRig(new Protection(encryption, root -> root));
  }

  private static CompletableFuture<HttpResponse<String>> get(
      HttpClient client, int port, String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri(port, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(int port, String path) {
    return URI.create("https://localhost:" + port + path);
  }

  private static HttpClient client(TestCa ca) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", ca.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
