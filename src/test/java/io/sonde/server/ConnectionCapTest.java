package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.probe.ProbeRun;
import io.sonde.telemetry.ConnectionStats;
import io.sonde.testkit.Http2Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionCapTest {
  private static final int MOST = 4;
  private static final int SPARE = 16;

  @Test
  void whoIsIdleForLongestMakesRoom() throws Exception {
    try (ServerRig rig = ServerRig.withMaxConnections(Limits.DEFAULT, MOST)) {
      List<Client> clients = connect(rig, MOST);
      Client first = clients.get(0);
      first.send("GET", "/-/healthy");
      first.answer();
      for (int i = 1; i < MOST; i++) {
        awaitRoom(rig);
      }
      assertTrue(clients.get(1).ended());
      first.send("GET", "/-/healthy");
      assertEquals("Healthy", first.answer().body());
      assertTrue(rig.connections.evictedConnections() > 0);
      close(clients);
    }
  }

  @Test
  void whereAllAreBusyOneMoreGetsNoProbeButEverythingElse() throws Exception {
    try (ServerRig rig = ServerRig.withMaxConnections(Limits.DEFAULT, MOST)) {
      List<Client> clients = connect(rig, MOST);
      List<ProbeRun> runs = occupy(rig, clients);
      try (Client spare = rig.connect()) {
        spare.send("GET", "/probe?target=pass");
        Client.Answer answer = spare.answer();
        assertEquals(503, answer.status());
        assertEquals("close", answer.header("connection"));
        assertEquals(
            "Too many connections: 4 are open, which is the limit (--web.max-connections)\n",
            answer.body());
        assertTrue(spare.ended());
      }
      assertEquals("Healthy", rig.get("/-/healthy").body());
      assertEquals(2, rig.connections.refusedConnections());
      String metrics = rig.get("/metrics").body();
      assertTrue(metrics.contains("\nsonde_http_connections 5.0\n"), metrics);
      assertTrue(metrics.contains("\nsonde_http_connections_max 4.0\n"), metrics);
      assertTrue(metrics.contains("\nsonde_http_connections_refused_total 3.0\n"), metrics);
      assertTrue(metrics.contains("\nsonde_http_connections_evicted_total 0.0\n"), metrics);
      assertEquals(MOST, runs.size());
      close(clients);
      for (ProbeRun run : runs) {
        rig.awaitEnd(run);
      }
      assertEquals(200, rig.get("/probe?target=pass").status());
    }
  }

  @Test
  void nobodyWhoAsksAtOnceIsReset() throws Exception {
    try (ServerRig rig = ServerRig.withMaxConnections(Limits.DEFAULT, MOST)) {
      List<Client> clients = connect(rig, MOST);
      List<ProbeRun> runs = occupy(rig, clients);
      List<Client> crowd = new ArrayList<>();
      for (int i = 0; i < 4 * SPARE; i++) {
        Client one = rig.connect();
        one.send("GET", "/-/healthy");
        crowd.add(one);
      }
      for (Client one : crowd) {
        assertEquals("Healthy", one.answer().body());
      }
      assertEquals(MOST, runs.size());
      close(crowd);
      close(clients);
      for (ProbeRun run : runs) {
        rig.awaitEnd(run);
      }
    }
  }

  @Test
  void requestsThatNeverComeWholeMakeRoomOverHttp2Too() throws Exception {
    Protection http2 = new Protection(TestEncryption.CLEAR_HTTP_2, root -> root);
    try (ServerRig rig = ServerRig.withMaxConnections(Limits.DEFAULT, 1, http2);
        Http2Client half = Http2Client.greeting(rig.port())) {
      half.send(Http2Client.request(1, 0, "POST", "/-/healthy"));
      String status = "503";
      while (!status.equals("200")) {
        try (Http2Client other = Http2Client.greeting(rig.port())) {
          other.send(Http2Client.request(1, Http2Peer.END_STREAM, "GET", "/probe?target=pass"));
          status = other.answer(1).status();
        }
      }
      assertTrue(half.ended());
    }
  }

  @Test
  void spareConnectionsAreBounded() {
    ConnectionStats stats = new ConnectionStats(MOST);
    ConnectionCap cap = new ConnectionCap(stats);
    for (int i = 0; i < MOST; i++) {
      assertTrue(cap.opened() && cap.hasRoom());
    }
    for (int i = 0; i < SPARE; i++) {
      assertTrue(cap.hasRoom());
      assertFalse(cap.opened());
    }
    assertFalse(cap.hasRoom());
    cap.closed();
    assertTrue(cap.hasRoom());
  }

  @Test
  void closedConnectionsAreNotCounted() throws Exception {
    try (ServerRig rig = ServerRig.withMaxConnections(Limits.DEFAULT, MOST)) {
      for (int i = 0; i < 3 * MOST; i++) {
        assertEquals(200, rig.get("/probe?target=pass", "Connection: close").status());
      }
      assertEquals(0, rig.connections.refusedConnections());
    }
  }

  /** Who has just connected is no idle client yet. */
  private static void awaitRoom(ServerRig rig) throws Exception {
    while (rig.get("/probe?target=pass").status() != 200) {
      Thread.onSpinWait();
    }
  }

  private static List<Client> connect(ServerRig rig, int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(rig.connect());
    }
    return clients;
  }

  private static List<ProbeRun> occupy(ServerRig rig, List<Client> clients) throws Exception {
    List<ProbeRun> runs = new ArrayList<>();
    for (Client client : clients) {
      client.send("GET", "/probe?target=wait");
      runs.add(rig.awaitRun());
    }
    return runs;
  }

  private static void close(List<Client> clients) throws IOException {
    for (Client client : clients) {
      client.close();
    }
  }
}
