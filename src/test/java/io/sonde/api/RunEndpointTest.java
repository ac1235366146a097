package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.probe.ProbeRun;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEndpointTest {
  @Test
  void aProbeIsRunAndAnsweredWhole() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      HttpResponse<String> answer =
          rig.post("{\"module\":\"http_2xx\",\"target\":\"pass a+b%20\",\"timeout\":1.5}");
      assertEquals(200, answer.statusCode());
      JsonNode probe = OpenApi.parse(answer.body());
      assertEquals("pass a+b%20", probe.get("target").asText(), "decoded as JSON only");
      assertTrue(probe.get("success").asBoolean());
      assertEquals(1.5, probe.get("timeout_seconds").asDouble());
      assertEquals(probe, rig.get("probes/0"), "as it is kept");
    }
  }

  @Test
  void aFailureIsAnAnswerToo() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      HttpResponse<String> answer = rig.post("{\"target\":\"fail\"}");
      assertEquals(200, answer.statusCode());
      assertEquals("refused", OpenApi.parse(answer.body()).get("reason").asText());
    }
  }

  @Test
  void mistakesWithoutEndAreNotAllTold() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      StringBuilder body = new StringBuilder("{\"target\":\"pass\"");
      for (int i = 0; i < 500; i++) {
        body.append(",\"k").append(i).append("\":1");
      }
      HttpResponse<String> answer = rig.post(body.append('}').toString());
      assertEquals(400, answer.statusCode());
      assertEquals(20, OpenApi.parse(answer.body()).get("errors").size());
    }
  }

  @Test
  void theModulesTimeoutCountsIfItIsShorter() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (String timeout : List.of("600", "4", "3")) {
        String answer =
            rig.post("{\"target\":\"pass\",\"module\":\"with_host\",\"timeout\":" + timeout + "}")
                .body();
        assertEquals(3, OpenApi.parse(answer).get("timeout_seconds").asDouble());
      }
    }
  }

  @Test
  void aProbeIsGivenUpWhenItsCallerLeaves() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      ProbeRun run;
      try (RawCaller caller = new RawCaller(rig.server.port())) {
        caller.ask("{\"target\":\"wait\"}");
        run = rig.server.awaitRun();
      }
      rig.server.awaitEnd(run);
      assertEquals(0, rig.get("probes").get("probes").size());
      assertEquals(0, rig.get("status").at("/probes/in_flight").asInt());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "'text/plain; application/json'",
  })
  void whatAPageOfAnotherSiteMaySendIsRefused(String type) throws Exception {
    try (ApiRig rig = new ApiRig()) {
      HttpResponse<String> answer =
          rig.send("POST", "probe", "{\"target\":\"pass\"}", "Content-Type", type);
      assertEquals(415, answer.statusCode());
      assertEquals(415, rig.send("POST", "probe", "{\"target\":\"pass\"}").statusCode());
      HttpResponse<String> asked =
          rig.send("OPTIONS", "probe", "", "Origin", "http://evil.example");
      assertEquals(405, asked.statusCode());
      assertEquals("POST", ApiRig.header(asked, "allow"));
      assertEquals("", ApiRig.header(asked, "access-control-allow-origin"));
      assertEquals(405, rig.send("GET", "probe", "").statusCode());
      assertEquals(0, rig.get("probes").get("probes").size());
    }
  }

  @Test
  void jsonMayHaveParametersAndAnyCase() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (String type : List.of("application/json; charset=utf-8", "Application/JSON")) {
        String body = "{\"target\":\"pass\"}";
        assertEquals(200, rig.send("POST", "probe", body, "Content-Type", type).statusCode(), type);
      }
    }
  }

  @Test
  void whatCannotBeRunIsRefused() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      JsonNode unknown = rig.refusedProbe(400, "{\"target\":\"x\",\"module\":\"<b>\"}");
      assertEquals("Unknown module \"<b>\"", unknown.get("detail").asText());
      JsonNode conflict =
          rig.refusedProbe(
              400, "{\"target\":\"x\",\"module\":\"with_host\",\"hostname\":\"other\"}");
      assertTrue(conflict.get("detail").asText().contains("configured.example"));
      JsonNode query = OpenApi.parse(rig.send("POST", "probe?target=x", "{}").body());
      assertEquals("no parameter", query.at("/errors/0/expected").asText());
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndTheConnectionGoesOn() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      String fits = "{\"target\":\"pass" + "x".repeat(8 * 1024 - 17) + "\"}";
      assertEquals(8 * 1024, fits.length());
      assertEquals(200, rig.post(fits).statusCode());
      JsonNode problem = rig.refusedProbe(413, fits + " ");
      assertEquals("8193", problem.at("/errors/0/got").asText());
      assertEquals(200, rig.post("{\"target\":\"pass\"}").statusCode());
    }
  }

  @Test
  void aBodyThatIsNoTextIsRefused() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      byte[] latin = "{\"target\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
      HttpResponse<String> answer = rig.post(latin);
      assertEquals(400, answer.statusCode());
      assertTrue(answer.body().contains("expected UTF-8"), answer.body());
    }
  }
}
