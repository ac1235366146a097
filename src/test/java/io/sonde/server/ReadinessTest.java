package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Healthy as long as it lives, ready while a probe need not wait: two things. */
class ReadinessTest {
  @Test
  void whileItWarmsUpItIsHealthyAndNotReady() throws Exception {
    WarmPaths warmPaths = new WarmPaths();
    try (ServerRig rig = new ServerRig(Limits.DEFAULT, 100, "", "", warmPaths, Protection.NONE)) {
      assertEquals(503, rig.get("/-/ready").status());
      assertEquals("Healthy", rig.get("/-/healthy").body());
      warmPaths.allAreWarm();
      assertEquals("Ready", rig.get("/-/ready").body());
    }
  }

  @Test
  void onceItsEndIsAnnouncedItAnswersEverybodyButIsNotReady() throws Exception {
    try (ServerRig rig = new ServerRig();
        Client before = rig.connect()) {
      before.send("GET", "/-/ready");
      assertEquals("Ready", before.answer().body());
      rig.server.announceStop();
      before.send("GET", "/-/ready");
      Client.Answer readiness = before.answer();
      assertEquals(503, readiness.status());
      assertEquals("Shutting down\n", readiness.body());
      assertEquals("Healthy", rig.get("/-/healthy").body());
      assertTrue(rig.get("/probe?target=pass").body().contains("probe_success 1"));
    }
  }

  @Test
  void whoComesAfterTheListenersClosedIsRefused() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      int port = rig.port();
      rig.server.stop(Duration.ZERO, () -> 0);
      assertThrows(IOException.class, () -> new Client(port).close());
    }
  }
}
