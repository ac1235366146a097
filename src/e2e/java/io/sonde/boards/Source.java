package io.sonde.boards;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A Prometheus, asked the way Grafana's data source asks it. */
final class Source {
  private static final long RANGE_SECONDS = 60;
  private static final long STEP_SECONDS = 15;

  private final int port;

  Source(int port) {
    this.port = port;
  }

  /**
   * The labels of each series of the answer that has a number, over the last minute or as of now.
   */
  List<Map<String, String>> series(String expression, boolean instant) throws IOException {
    long now = System.currentTimeMillis() / 1_000;
    String query = "query=" + Exporter.encode(expression);
    String range = "&start=" + (now - RANGE_SECONDS) + "&end=" + now + "&step=" + STEP_SECONDS;
    Json answer = get(instant ? "query?" + query : "query_range?" + query + range);
    List<Map<String, String>> found = new ArrayList<>();
    for (Json series : answer.at("data").at("result").items()) {
      List<Json> samples = instant ? List.of(series.at("value")) : series.at("values").items();
      if (samples.stream().anyMatch(sample -> !sample.items().get(1).text().equals("NaN"))) {
        Json metric = series.at("metric");
        Map<String, String> labels = new LinkedHashMap<>();
        metric.keys().forEach(key -> labels.put(key, metric.at(key).text()));
        found.add(labels);
      }
    }
    return found;
  }

  /** The values that a label has in the series of a selector. */
  Set<String> values(String label, String selector) throws IOException {
    Json answer = get("label/" + label + "/values?match[]=" + Exporter.encode(selector));
    return answer.at("data").items().stream().map(Json::text).collect(Collectors.toSet());
  }

  private Json get(String path) throws IOException {
    Http.Answer answer = Http.get(port, "/api/v1/" + path);
    Json json = Json.read(answer.body());
    if (!json.at("status").text().equals("success")) {
      throw new AssertionError(path + ": " + json.at("error").text());
    }
    return json;
  }
}
