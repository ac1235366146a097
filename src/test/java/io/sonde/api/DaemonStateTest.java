package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Results;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonStateTest {
  @Test
  void modulesAreInTheOrderOfTheFile() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      JsonNode modules = rig.get("modules").get("modules");
      assertEquals("http_2xx", modules.at("/0/name").asText());
      assertEquals("http", modules.at("/0/prober").asText());
      assertEquals("with_host", modules.at("/1/name").asText());
      assertEquals(3, modules.at("/1/timeout_seconds").asDouble());
      assertTrue(modules.at("/1/configuration").asText().startsWith("prober: http\n"));
    }
  }

  @Test
  void theStatusTellsWhatIsKept() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      rig.server.history.add(Results.passed());
      JsonNode status = rig.get("status");
      assertEquals(1, status.at("/history/results").asInt());
      assertEquals(1, status.at("/history/targets").asInt());
      assertEquals(100, status.at("/probes/max_in_flight").asInt());
      assertEquals(12, status.at("/configuration/hash").asText().length());
      assertTrue(status.at("/configuration/last_load_successful").asBoolean());
    }
  }

  @Test
  void targetsAreListedInOrderAndGoOnWhereTheyEnded() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (String target : List.of("pass b", "fail a", "pass \u00e9", "pass a")) {
        rig.post("{\"target\":\"" + target + "\"}");
      }
      rig.post("{\"target\":\"pass a\",\"module\":\"with_host\"}");
      List<String> all = new ArrayList<>();
      String cursor = "";
      for (int page = 0; page < 3; page++) {
        JsonNode answer = rig.get("targets?limit=2&cursor=" + cursor);
        answer.get("targets").forEach(target -> all.add(target.get("target").asText()));
        cursor = answer.get("next").asText();
      }
      assertEquals(List.of("fail a", "pass a", "pass b", "pass \u00e9", "pass a"), all);
      assertEquals("null", cursor);
      assertEquals(1, rig.get("targets?result=failure").get("targets").size());
      assertEquals(1, rig.get("targets?module=with_host&target_contains=A").get("targets").size());
      rig.refused(400, "targets?cursor=!");
      rig.refused(400, "targets?cursor=YWJj");
    }
  }

  @Test
  void aTargetTellsItsLatestResults() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (int i = 0; i < 6; i++) {
        rig.post("{\"target\":\"fail\"}");
      }
      JsonNode target = rig.get("target?module=http_2xx&target=fail");
      assertEquals(6, target.get("failed").asInt());
      assertEquals(6, target.get("results").size());
      assertEquals(5, target.get("last_failure_id").asInt());
      assertTrue(target.get("last_success_id").isNull());
      assertEquals("target", rig.refused(400, "target?module=x").at("/errors/0/where").asText());
    }
  }
}
