package io.sonde.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sonde.telemetry.RequestStats.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestStatsTest {
  private final RequestStats stats = new RequestStats();

  @Test
  void whatCallersMakeUpIsCountedTogether() {
    for (int i = 0; i < 1_000; i++) {
      answer(Route.OTHER, "M" + i, 600 + i);
    }
    answer(Route.PROBE, "GET", 200);
    answer(Route.RELOAD, "POST", 500);
    assertEquals(List.of("probe GET 200 1", "reload POST 500 1", "other other other 1000"), told());
  }

  @Test
  void aRequestIsInFlightUntilItHasEnded() {
    stats.begun();
    stats.begun();
    assertEquals(2, stats.inFlight());
    stats.ended(Route.METRICS, "HEAD", RequestStats.CALLER_LEFT, 2_000_000_000L);
    assertEquals(1, stats.inFlight());
    assertEquals(List.of("metrics HEAD 499 1"), told());
    assertEquals(2, stats.durations(Route.METRICS).sumSeconds());
  }

  @Test
  void routesGoByThePathBelowThePrefix() {
    assertEquals(Route.LANDING, Route.ofPath(""));
    assertEquals(Route.HEALTHY, Route.ofPath("-/healthy"));
    assertEquals(Route.API, Route.ofPath("api/v1/probes/"));
    assertEquals(Route.PAGE, Route.ofPath("targets"));
    assertEquals(Route.PAGE, Route.ofPath("probe/"));
  }

  private void answer(Route route, String method, int status) {
    stats.begun();
    stats.ended(route, method, status, 1);
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    stats.answered(
        (count, route, method, status) ->
            told.add(route.label() + " " + method + " " + status + " " + count));
    return told;
  }
}
