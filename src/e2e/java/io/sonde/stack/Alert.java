package io.sonde.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One alert as Prometheus, Alertmanager or a receiver of webhooks tells it.
 *
 * @param state {@code pending} or {@code firing}; {@code active} or {@code suppressed}; {@code
 *     firing} or {@code resolved}
 */
record Alert(String state, Map<String, String> labels, Map<String, String> annotations) {

  /** Whether it is this alert of this target. */
  boolean is(String name, String instance) {
    return name().equals(name) && instance().equals(instance);
  }

  String name() {
    return labels.get("alertname");
  }

  String instance() {
    return labels.getOrDefault("instance", "");
  }

  /** Those in an answer of Prometheus' {@code /api/v1/alerts}. */
  static List<Alert> ofPrometheus(String json) {
    Map<?, ?> data = (Map<?, ?>) ((Map<?, ?>) parse(json)).get("data");
    return ((List<?>) data.get("alerts"))
        .stream().map(alert -> of((Map<?, ?>) alert, ((Map<?, ?>) alert).get("state"))).toList();
  }

  /** Those in an answer of Alertmanager's {@code /api/v2/alerts}. */
  static List<Alert> ofAlertmanager(String json) {
    return ((List<?>) parse(json))
        .stream()
            .map(alert -> (Map<?, ?>) alert)
            .map(alert -> of(alert, ((Map<?, ?>) alert.get("status")).get("state")))
            .toList();
  }

  /** Those in a message to a webhook. */
  static List<Alert> ofMessage(String json) {
    return ((List<?>) ((Map<?, ?>) parse(json)).get("alerts"))
        .stream().map(alert -> of((Map<?, ?>) alert, ((Map<?, ?>) alert).get("status"))).toList();
  }

  /** Any JSON or YAML as maps, lists and plain values. */
  static Object parse(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static Alert of(Map<?, ?> alert, Object state) {
    return new Alert(state.toString(), texts(alert.get("labels")), texts(alert.get("annotations")));
  }

  private static Map<String, String> texts(Object map) {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) map).forEach((key, value) -> texts.put(key.toString(), value.toString()));
    return texts;
  }
}
