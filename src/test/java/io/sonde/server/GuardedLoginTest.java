package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sonde.telemetry.WebStats.LoginFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, response headers and the rate limit, in their order. */
class GuardedLoginTest {
  private static final String HEADERS =
      "http_server_config: {headers: {X-Frame-Options: deny, X-Content-Type-Options: nosniff}}\n";

  @TempDir private Path folder;

  private static String authorization(String user, String password) {
    return "Authorization: " + GuardRig.basic(user, password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/probe?target=pass",
        "/metrics",
        "/config",
        "/logs",
        "/-/healthy",
        "/-/ready",
        "/none",
        "/a/../b"
      })
  void everyPathAsksForTheUser(String path) throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS + HEADERS)) {
      Client.Answer answer = rig.server.get(path);
      assertEquals(401, answer.status());
      assertEquals("Basic", answer.header("www-authenticate"));
      assertEquals("deny", answer.header("x-frame-options"));
      assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
      assertEquals("Unauthorized\n", answer.body());
      assertEquals(1, rig.stats.failures(LoginFailure.MISSING));
    }
  }

  @Test
  void theRightPasswordIsLetInAndRemembered() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      for (int i = 0; i < 3; i++) {
        Client.Answer answer = rig.server.get("/-/healthy", authorization("prom", "hello"));
        assertEquals("Healthy", answer.body());
      }
      assertTrue(
          rig.server.get("/probe?target=pass", authorization("prom", "hello")).status() == 200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic",
        "Authorization: Basic %%%",
        "Authorization: Bearer abc",
        "Authorization: Basic cHJvbQ==",
        "Authorization: ",
      })
  void whatIsNoPasswordIsNotChecked(String header) throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      assertEquals(401, rig.server.get("/", header).status());
      assertEquals(1, rig.stats.failures(LoginFailure.MISSING));
    }
  }

  @Test
  void nobodyAndWrongPasswordsAreAnsweredAlike() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      Client.Answer wrong = rig.server.get("/", authorization("prom", "hallo"));
      Client.Answer unknown = rig.server.get("/", authorization("nobody", "hello"));
      Client.Answer empty = rig.server.get("/", authorization("", ""));
      assertEquals(401, wrong.status());
      assertEquals(wrong.body(), unknown.body());
      assertEquals(wrong.headers().keySet(), unknown.headers().keySet());
      assertEquals(401, empty.status());
      assertEquals(3, rig.stats.failures(LoginFailure.WRONG));
    }
  }

  @Test
  void tooManyThatWaitAreTurnedAwayAndARightOneStillGetsIn() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      List<Client> strangers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Client stranger = rig.server.connect();
        stranger.send("GET", "/-/healthy", authorization("prom", "wrong" + i));
        strangers.add(stranger);
      }
      int refused = 0;
      for (Client stranger : strangers) {
        Client.Answer answer = stranger.answer();
        refused += answer.status() == 429 ? 1 : 0;
        assertTrue(answer.status() == 401 || answer.header("retry-after").equals("1"));
        stranger.close();
      }
      assertTrue(refused > 0);
      assertEquals(refused, rig.stats.failures(LoginFailure.UNCHECKED));
      assertEquals(200 - refused, rig.stats.failures(LoginFailure.WRONG));
      assertEquals(200, rig.server.get("/-/healthy", authorization("prom", "hello")).status());
    }
  }

  @Test
  void manyRequestsOfOneUserWaitForOneCheck() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      List<Client> scrapes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Client scrape = rig.server.connect();
        scrape.send("GET", "/-/healthy", authorization("prom", "hello"));
        scrapes.add(scrape);
      }
      for (Client scrape : scrapes) {
        assertEquals(200, scrape.answer().status());
        scrape.close();
      }
    }
  }

  @Test
  void changedUsersAndHeadersNeedNoRestart() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      assertEquals(200, rig.server.get("/-/healthy", authorization("prom", "hello")).status());
      rig.write("web.yml", "basic_auth_users: {other: '" + GuardRig.HELLO + "'}\n" + HEADERS);
      rig.guard.look();
      Client.Answer old = rig.server.get("/-/healthy", authorization("prom", "hello"));
      assertEquals(401, old.status());
      assertEquals("deny", old.header("x-frame-options"));
      assertEquals(200, rig.server.get("/-/healthy", authorization("other", "hello")).status());
    }
  }

  @Test
  void whatDoesNotLoadChangesNothingAndIsSaid() throws Exception {
    try (GuardRig rig = new GuardRig(folder, GuardRig.USERS)) {
      double loadedAt = rig.load().atSeconds();
      rig.write("web.yml", "nope: 1");
      rig.guard.look();
      assertTrue(rig.load().successful(), "it may be half written");
      rig.guard.look();
      assertFalse(rig.load().successful());
      assertEquals(loadedAt, rig.load().atSeconds());
      assertEquals(200, rig.server.get("/-/healthy", authorization("prom", "hello")).status());
      rig.write("web.yml", GuardRig.USERS);
      rig.guard.look();
      assertTrue(rig.load().successful());
    }
  }

  @Test
  void beyondTheRateThereAreNoHeadersAndNoPasswords() throws Exception {
    try (GuardRig rig =
        new GuardRig(folder, GuardRig.USERS + HEADERS + "rate_limit: {interval: 1h, burst: 2}")) {
      assertEquals(401, rig.server.get("/").status());
      assertEquals(401, rig.server.get("/").status());
      Client.Answer answer = rig.server.get("/", authorization("prom", "hello"));
      assertEquals(429, answer.status());
      assertEquals("Too Many Requests\n", answer.body());
      assertEquals("", answer.header("x-frame-options"));
      assertEquals("", answer.header("www-authenticate"));
      assertEquals(1, rig.stats.rateLimitedRequests());
    }
  }
}
