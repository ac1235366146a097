package io.sonde.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class RouterTest {
  @Test
  void everyPathIsAnsweredByItsEndpoint() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      assertEquals("Healthy", rig.get("/-/healthy").body());
      assertEquals("text/plain; charset=utf-8", rig.get("/-/healthy").header("content-type"));
      assertEquals("Healthy", rig.send("DELETE", "/-/healthy").body());
      assertEquals("Healthy", rig.get("http://any.example/-/healthy?x").body());
      assertEquals("Healthy", rig.get("/%2D/healthy").body());
      assertEquals("text/plain", rig.get("/config").header("content-type"));
      assertTrue(rig.get("/config").body().contains("http_2xx"));
      assertTrue(rig.get("/metrics").body().contains("blackbox_exporter_build_info{branch="));
    }
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      for (String path : new String[] {"/nope", "/probe/", "/-/", "/debug/pprof/"}) {
        Client.Answer answer = rig.get(path);
        assertEquals(404, answer.status());
        assertEquals("404 page not found\n", answer.body());
      }
    }
  }

  @Test
  void anUncleanPathIsRedirected() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      assertRedirect(301, "/probe?target=a%2Fb", rig.get("//probe?target=a%2Fb"));
      assertRedirect(301, "/metrics", rig.get("/x/.././metrics"));
      assertRedirect(301, "/a%0D%0Ab/", rig.get("//a%0d%0ab/"));
      assertRedirect(301, "/", rig.get("/.."));
    }
  }

  @Test
  void everythingStandsBelowTheRoutePrefix() throws Exception {
    try (ServerRig rig = new ServerRig(Limits.DEFAULT, 9, "http://ex.test/bb/", "")) {
      assertEquals("Healthy", rig.get("/bb/-/healthy").body());
      assertTrue(rig.get("/bb/").body().contains("No probes yet"));
      assertRedirect(301, "/bb/", rig.get("/bb"));
      assertRedirect(302, "http://ex.test/bb", rig.get("/"));
      assertEquals(404, rig.get("/probe").status());
      assertEquals(404, rig.get("/bb/nope").status());
    }
  }

  @Test
  void theLandingPageTellsOfProbes() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      rig.get("/probe?target=fail%3Cscript%3E%26%27%22");
      Client.Answer page = rig.get("/");
      assertEquals("text/html; charset=utf-8", page.header("content-type"));
      assertTrue(page.body().contains("<h2>Recent Probes</h2>"), page.body());
      assertTrue(page.body().contains("fail&lt;script&gt;&amp;&#39;&#34;"), page.body());
      assertTrue(page.body().contains("<strong>Failure</strong>"), page.body());
      assertTrue(page.body().contains("<a href=\"logs?id=0\">Logs"), page.body());
    }
  }

  @Test
  void logsAreFoundByIdOrByTarget() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      rig.get("/probe?target=fail");
      rig.get("/probe?target=pass&module=with_host");
      assertLogs(
          rig, 400, "Probe id and target can't be defined at the same time", "id=0&target=a");
      String none = "Probe id or target must be defined as http query parameters";
      assertLogs(rig, 400, none, "");
      assertLogs(rig, 400, none, "id=x");
      assertLogs(rig, 400, none, "id=-1");
      String filter = "Probe module filter only works in conjunction with target parameter";
      assertLogs(rig, 400, filter, "id=0&module=http_2xx");
      assertLogs(rig, 404, "Probe id not found", "id=7");
      assertLogs(rig, 404, "Probe target not found", "target=nobody");
      assertLogs(rig, 404, "Probe target not found", "target=fail&module=with_host");
      assertTrue(rig.get("/logs?target=pass&module=with_host").body().contains("target=pass"));
    }
  }

  @Test
  void reloadReplacesTheConfigurationOrKeepsTheOldOne() throws Exception {
    try (ServerRig rig = new ServerRig()) {
      assertEquals(405, rig.get("/-/reload").status());
      assertEquals("This endpoint requires a POST request.\n", rig.get("/-/reload").body());
      Client.Answer unchanged = rig.send("POST", "/-/reload");
      assertEquals(200, unchanged.status());
      assertEquals("", unchanged.body());
      Files.writeString(rig.configFile, "modules: {http_2xx: {prober: x, nope: 1}}");
      Client.Answer broken = rig.send("POST", "/-/reload");
      assertEquals(500, broken.status());
      assertTrue(
          broken.body().startsWith("failed to reload config: error parsing config file: "),
          broken.body());
      assertTrue(broken.body().contains("prober 'x' is not valid"), broken.body());
      assertTrue(broken.body().contains("nope"), broken.body());
      assertEquals(200, rig.get("/probe?target=pass").status());
      String metrics = rig.get("/metrics").body();
      assertTrue(metrics.contains("\nblackbox_exporter_config_last_reload_successful 0.0\n"));
      Files.writeString(rig.configFile, "modules: {other: {prober: tcp}}");
      assertEquals(405, rig.send("PUT", "/-/reload").status());
      assertEquals(200, rig.send("POST", "/-/reload").status());
      assertEquals(400, rig.get("/probe?target=pass").status());
      assertEquals(200, rig.get("/probe?target=pass&module=other").status());
    }
  }

  private static void assertLogs(ServerRig rig, int status, String message, String query)
      throws Exception {
    Client.Answer answer = rig.get("/logs?" + query);
    assertEquals(message + "\n", answer.body());
    assertEquals(status, answer.status());
  }

  private static void assertRedirect(int status, String location, Client.Answer answer) {
    assertEquals(location, answer.header("location"));
    assertEquals(status, answer.status());
  }
}
