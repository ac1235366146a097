package io.sonde.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.server.ServerRig;
import io.sonde.server.guard.WebGuard;
import io.sonde.telemetry.WebStats;
import io.sonde.testkit.Results;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/openapi.yml} says what the API does, no more and no less. */
class OpenApiTest {
  private static final List<String> READ =
      List.of("probes", "probes/0", "targets", "target", "modules", "status");

  private static final String LOCKED =
      "rate_limit: {interval: 1h, burst: 7}\nbasic_auth_users: {prom: '"
          + "$2y$04$lvUqlysK7ydn7R021O.D5.vPvrux9Cn6qik6OCSL8zPi4y3Z0OT52'}\n";

  @Test
  void everyRouteIsDocumentedAndTheReverse() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      HttpResponse<String> nowhere = rig.send("PUT", "nowhere", "");
      assertEquals(404, nowhere.statusCode());
      String routes = OpenApi.parse(nowhere.body()).get("errors").get(0).get("expected").asText();
      Set<String> documented = new TreeSet<>();
      rig.openApi
          .document()
          .get("paths")
          .fieldNames()
          .forEachRemaining(path -> documented.add(path.substring(1).replaceAll("\\{.*}", "")));
      assertEquals(documented, new TreeSet<>(Arrays.asList(routes.split(", "))));
    }
  }

  @Test
  void everyParameterIsDocumentedAndTheReverse() throws Exception {
    try (ApiRig rig = new ApiRig()) {
      for (String path : READ) {
        JsonNode fault = rig.refused(400, path + "?nope=1").get("errors").get(0);
        assertEquals("query", fault.get("where").asText());
        List<String> documented = new ArrayList<>();
        JsonNode all =
            rig.openApi
                .document()
                .at("/paths")
                .get(rig.openApi.template(ApiRig.V1 + path))
                .at("/get/parameters");
        for (JsonNode parameter : all) {
          JsonNode resolved =
              parameter.has("$ref")
                  ? rig.openApi.document().at(parameter.get("$ref").asText().substring(1))
                  : parameter;
          if (resolved.get("in").asText().equals("query")) {
            documented.add(resolved.get("name").asText());
          }
        }
        assertEquals(
            documented.isEmpty() ? "no parameter" : "one of " + String.join(", ", documented),
            fault.get("expected").asText(),
            path);
      }
    }
  }

  @Test
  void phasesAndReasonsAreTheKnownOnes() {
    JsonNode schemas = new OpenApi().document().at("/components/schemas");
    assertEquals(
        Arrays.stream(Phase.values()).map(Phase::label).toList(), words(schemas.get("Phase")));
    assertEquals(
        Arrays.stream(Reason.values()).map(Reason::label).toList(), words(schemas.get("Reason")));
  }

  private static List<String> words(JsonNode schema) {
    List<String> words = new ArrayList<>();
    schema.get("enum").forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void everyDocumentedOutcomeHappensAndIsAsDocumented(@TempDir Path folder) throws Exception {
    OpenApi openApi = new OpenApi();
    try (ApiRig rig = ApiRig.withMaxInFlight(openApi, 1)) {
      askEverything(rig);
      askWronglyForEverything(rig);
      askForTooMuch(rig);
    }
    askWithoutPassword(openApi, folder);
    assertEquals(openApi.outcomes(), openApi.seen());
  }

  private static void askEverything(ApiRig rig) throws Exception {
    rig.get("probes");
    rig.server.history.add(Results.passed());
    rig.server.history.add(Results.expired());
    rig.post("{\"target\":\"fail\",\"hostname\":\"h\",\"timeout\":0.5}");
    rig.get("probes");
    rig.get("probes?limit=1");
    rig.get("probes/0");
    rig.get("targets");
    rig.get("targets?limit=1");
    rig.get("target?module=web&target=https://old.example");
    rig.get("modules");
    rig.get("status");
  }

  private static void askWronglyForEverything(ApiRig rig) throws Exception {
    for (String path : READ) {
      rig.refused(400, path + "?nope");
    }
    rig.refused(404, "probes/99");
    rig.refused(404, "target?module=web&target=unknown");
    rig.refusedProbe(400, "{}");
    rig.refusedProbe(413, "{\"target\":\"" + "x".repeat(8 * 1024) + "\"}");
    rig.send("POST", "probe", "target=x", "Content-Type", "application/x-www-form-urlencoded");
  }

  private static void askForTooMuch(ApiRig rig) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<HttpResponse<String>> first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return rig.post("{\"target\":\"wait\"}");
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              other);
      ProbeRun run = rig.server.awaitRun();
      JsonNode problem = rig.refusedProbe(503, "{\"target\":\"pass\"}");
      assertTrue(problem.get("detail").asText().contains("--probe.max-in-flight"));
      rig.server.release();
      assertEquals(200, first.join().statusCode());
      assertTrue(run.settled());
    } finally {
      other.shutdownNow();
    }
  }

  private static void askWithoutPassword(OpenApi openApi, Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), LOCKED);
    try (WebGuard guard = WebGuard.load(file, new WebStats());
        ApiRig rig = new ApiRig(openApi, new ServerRig(guard.protection()))) {
      for (int status : new int[] {401, 429}) {
        for (String path : READ) {
          assertEquals(status, rig.send("GET", path, "").statusCode(), path);
        }
        assertEquals(status, rig.post("{\"target\":\"pass\"}").statusCode());
      }
    }
  }
}
