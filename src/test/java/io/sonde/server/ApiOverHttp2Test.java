package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.testkit.Http2Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApiOverHttp2Test {
  private static final Protection CLEAR = new Protection(TestEncryption.CLEAR_HTTP_2, root -> root);

  private static final String PATH = "/api/v1/probe";

  @Test
  void aProbeIsRun() throws Exception {
    try (ServerRig rig = new ServerRig(CLEAR);
        Http2Client client = Http2Client.greeting(rig.port())) {
      post(client, 1, "{\"target\":\"pass\"}");
      Http2Client.Answer answer = client.answer(1);
      assertEquals("200", answer.status());
      assertEquals("application/json", String.valueOf(answer.headers().get("content-type")));
      assertTrue(answer.body().contains("\"success\":true"), answer.body());
      client.get(3, "/api/v1/probes/0");
      assertEquals(answer.body(), client.answer(3).body());
    }
  }

  @Test
  void whatIsTooLargeOrNoJsonIsRefused() throws Exception {
    try (ServerRig rig = new ServerRig(CLEAR);
        Http2Client client = Http2Client.greeting(rig.port())) {
      post(client, 1, "{\"target\":\"" + "x".repeat(9_000) + "\"}");
      assertEquals("413", client.answer(1).status());
      post(client, 3, "{\"target\":");
      assertEquals("400", client.answer(3).status());
      client.send(Http2Client.request(5, Http2Peer.END_STREAM, "POST", PATH));
      assertEquals("415", client.answer(5).status());
      client.get(7, PATH);
      assertEquals("405", client.answer(7).status());
    }
  }

  @Test
  void aBodyThatDoesNotEndIsGivenUp() throws Exception {
    Duration hasty = Duration.ofMillis(150);
    Duration patient = Duration.ofSeconds(30);
    Limits limits = new Limits(1024, 2048, 1000, 4, hasty, patient, patient);
    try (ServerRig rig = new ServerRig(limits, 9, "", "", WarmPaths.all(), CLEAR);
        Http2Client client = Http2Client.greeting(rig.port())) {
      client.send(
          head(1),
          Http2Peer.frame(
              Http2Peer.DATA, 0, 1, "{\"target\":".getBytes(StandardCharsets.US_ASCII)));
      assertEquals("408", client.answer(1).status());
      assertEquals(0, rig.history.size().results());
    }
  }

  private static void post(Http2Client client, int stream, String body) throws IOException {
    client.send(
        head(stream),
        Http2Peer.frame(
            Http2Peer.DATA,
            Http2Peer.END_STREAM,
            stream,
            body.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] head(int stream) {
    return Http2Client.request(stream, 0, "POST", PATH, "content-type", "application/json");
  }
}
