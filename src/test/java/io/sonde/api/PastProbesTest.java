package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Results;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastProbesTest {
  @Test
  void resultsAreListedNewestFirstAndFiltered() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (String target : List.of("pass/a", "fail/b", "pass/b", "fail/c")) {
        rig.post("{\"target\":\"" + target + "\"}");
      }
      rig.post("{\"target\":\"pass/a\",\"module\":\"with_host\"}");
      assertEquals(List.of(4, 3, 2, 1, 0), ids(rig.get("probes")));
      assertEquals(List.of(4), ids(rig.get("probes?module=with_host")));
      assertEquals(List.of(4, 0), ids(rig.get("probes?target=pass/a")));
      assertEquals(List.of(2, 1), ids(rig.get("probes?target_contains=/B")));
      assertEquals(List.of(3, 1), ids(rig.get("probes?result=failure")));
      assertEquals(List.of(4, 2, 0), ids(rig.get("probes?result=success&reason=")));
      assertEquals(List.of(3, 1), ids(rig.get("probes?reason=refused")));
      assertEquals(List.of(), ids(rig.get("probes?reason=timeout")));
      assertEquals(List.of(4, 3, 2, 1, 0), ids(rig.get("probes?since=1h")));
      assertEquals(5, ids(rig.get("probes?since=2020-01-31T12:00:00%2B01:00")).size());
    }
  }

  @Test
  void aListGoesOnWhereItEnded() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (int i = 0; i < 5; i++) {
        rig.post("{\"target\":\"pass" + i + "\"}");
      }
      JsonNode first = rig.get("probes?limit=2");
      assertEquals(List.of(4, 3), ids(first));
      rig.post("{\"target\":\"pass-meanwhile\"}");
      JsonNode second = rig.get("probes?limit=2&cursor=" + first.get("next").asText());
      assertEquals(List.of(2, 1), ids(second));
      JsonNode third = rig.get("probes?limit=2&cursor=" + second.get("next").asText());
      assertEquals(List.of(0), ids(third));
      assertTrue(third.get("next").isNull());
    }
  }

  @Test
  void oneTellsEverythingAndNoSecret() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      rig.post("{\"target\":\"fail://joe:pass-word@host/\",\"hostname\":\"named.example\"}");
      JsonNode probe = rig.get("probes/0");
      assertEquals("fail://joe:<secret>@host/", probe.get("target").asText());
      assertEquals("refused", probe.get("reason").asText());
      assertTrue(probe.at("/advice/check").asText().contains("running"));
      assertTrue(probe.get("trail").toString().contains("{\"location\":\"/x y\"}"));
      assertTrue(probe.get("configuration").asText().contains("Host: named.example"));
      assertFalse(probe.toString().contains("pass-word"));
    }
  }

  @Test
  void whatPeersSentIsDataAndNothingElse() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      rig.server.history.add(Results.expired());
      HttpResponse<String> answer = rig.send("GET", "probes/0", "");
      assertTrue(answer.body().contains("CN=old\\u001b[31m.example"));
      assertEquals("nosniff", ApiRig.header(answer, "x-content-type-options"));
      assertEquals("no-store", ApiRig.header(answer, "cache-control"));
      assertEquals("", ApiRig.header(answer, "access-control-allow-origin"));
    }
  }

  @Test
  void aProbeThatIsGoneIsToldToBeGone() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (int i = 0; i < 9; i++) {
        rig.post("{\"target\":\"pass\"}");
      }
      assertTrue(rig.refused(404, "probes/0").get("detail").asText().contains("is not kept"));
      for (String id : List.of("-1", "x", "99999999999999999999", "0x1", "%00", "1%20")) {
        JsonNode problem = rig.refused(404, "probes/" + id);
        assertTrue(problem.get("detail").asText().startsWith("id: expected") || id.equals("-1"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit, a whole number from 1 to 1000",
    "limit=1001, limit, a whole number from 1 to 1000",
    "limit=99999999999, limit, a whole number from 1 to 1000",
    "limit=ten, limit, a whole number from 1 to 1000",
    "result=maybe, result, 'one of failure, success'",
    "since=2999-01-01T00:00:00Z, since, a time that has passed",
    "since=-5m, since, a time that has passed",
    "since=yesterday, since, a time that has passed",
    "cursor=-1, cursor, the next of an earlier answer",
    "cursor=zzz, cursor, the next of an earlier answer",
    "module=a&module=b, module, one value",
    "modul=a, query, 'one of module, target'",
  })
  void whatIsWrongIsToldWithItsPlace(String query, String where, String expected) throws Exception {
    try (ApiRig rig = new ApiRig()) {
      JsonNode problem = rig.refused(400, "probes?" + query);
      JsonNode fault = problem.get("errors").get(0);
      assertEquals(where, fault.get("where").asText());
      assertTrue(fault.get("expected").asText().startsWith(expected), fault.toString());
      assertTrue(problem.get("detail").asText().startsWith(where + ": expected " + expected));
    }
  }

  @Test
  void aMalformedEscapeIsNotIgnored() throws Exception {
    try (ApiRig rig = new ApiRig();
        RawCaller caller = new RawCaller(rig.server.port())) {
      String answer = caller.get("/api/v1/probes?target=%zz");
      assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
      assertTrue(answer.contains("target: expected percent escapes"), answer);
    }
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      String part = "x".repeat(257);
      JsonNode problem =
          rig.refused(400, "probes?limit=no&reason=none&target_contains=" + part + "&a=b");
      assertEquals(4, problem.get("errors").size());
      assertTrue(problem.get("detail").asText().endsWith(", and 3 more"));
      assertEquals("257", problem.at("/errors/1/got").asText());
    }
  }

  @Test
  void otherMethodsAreToldWhichThereAre() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (String path : List.of("probes", "probes/0", "targets", "target", "modules", "status")) {
        HttpResponse<String> answer = rig.send("DELETE", path, "");
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", ApiRig.header(answer, "allow"));
        assertEquals("application/problem+json", ApiRig.header(answer, "content-type"));
      }
      HttpResponse<String> head = rig.send("HEAD", "probes", "");
      assertEquals(200, head.statusCode());
      assertEquals("", head.body());
      assertEquals("26", ApiRig.header(head, "content-length"));
      assertNull(head.headers().map().get("allow"));
    }
  }

  private static List<Integer> ids(JsonNode answer) {
    List<Integer> ids = new ArrayList<>();
    answer.get("probes").forEach(probe -> ids.add(probe.get("id").asInt()));
    return ids;
  }
}
