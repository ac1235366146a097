package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.config.ModuleConfig;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import io.sonde.probe.Reason;
import io.sonde.probe.Trail;
import io.sonde.probe.Verdict;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What peers and callers make large stays within bounds where it is asked for. */
class HugeAnswersTest {
  private static final int RESULTS = 6;

  /** The worst that JSON makes of one character. */
  private static final int SIX = 6;

  @Test
  void aHugeTrailIsAnsweredCut() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      Trail.Entry note =
          new Trail.Entry(0, Trail.Level.INFO, "Note", List.of("a", "\u0001".repeat(2_000)));
      rig.server.history.add(result(0, "huge", Collections.nCopies(1_000, note)));
      JsonNode probe = rig.get("probes/0");
      int entries = probe.get("trail").size();
      assertTrue(entries > 10 && entries < 50, () -> entries + " entries");
      assertTrue(probe.get("trail").toString().contains("Records are left out"));
    }
  }

  @Test
  void aPageOfHugeTargetsIsShortAndGoesOn() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (int id = 0; id < RESULTS; id++) {
        rig.server.history.add(result(id, id + "\u0001".repeat(60_000), List.of()));
      }
      for (int id = RESULTS; id < RESULTS + 2; id++) {
        // A page may end within a character that is two in Java, among targets that begin alike.
        rig.server.history.add(result(id, "9".repeat(499) + "\uD83D\uDE00" + id, List.of()));
      }
      assertEquals(
          List.of(7, 6, 5, 4, 3, 2, 1, 0), all(rig, "probes?limit=7&cursor=", "probes", "id"));
      assertEquals(
          List.of(0, 1, 2, 3, 4, 5, 6, 7),
          all(rig, "targets?limit=1&cursor=", "targets", "last_id"));
    }
  }

  private static List<Integer> all(ApiRig rig, String path, String list, String number)
      throws Exception {
    List<Integer> found = new ArrayList<>();
    String cursor = "";
    while (!cursor.equals("null") && found.size() < 2 * RESULTS) {
      HttpResponse<String> answer = rig.send("GET", path + cursor, "");
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().length() < SIX * Page.MOST_CHARACTERS + 10_000);
      JsonNode page = OpenApi.parse(answer.body());
      page.get(list).forEach(entry -> found.add(entry.get(number).asInt()));
      cursor = page.get("next").asText();
    }
    assertEquals("null", cursor);
    return found;
  }

  private static ProbeResult result(int id, String target, List<Trail.Entry> trail) {
    return new ProbeResult(
        id,
        new ProbeRequest(ModuleConfig.empty("web"), target, null, Duration.ofSeconds(1)),
        Verdict.failed(Phase.CONNECT, Reason.REFUSED, "refused"),
        false,
        Instant.parse("2026-11-21T12:00:00Z"),
        0,
        Duration.ofMillis(1),
        List.of(),
        List.of(),
        List.of(),
        trail);
  }
}
