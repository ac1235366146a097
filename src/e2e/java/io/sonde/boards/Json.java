package io.sonde.boards;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A value of JSON, and what is within. What is not there is empty. */
record Json(Object value) {
  private static final int MOST_CHARACTERS = 64 << 20;

  /** Reads a text; JSON is YAML. */
  static Json read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    return new Json(new Yaml(new SafeConstructor(options)).load(text));
  }

  Json at(String key) {
    return new Json(value instanceof Map<?, ?> map ? map.get(key) : null);
  }

  boolean isThere() {
    return value != null;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  String text() {
    return value == null ? "" : value.toString();
  }

  int number() {
    return value instanceof Integer number ? number : 0;
  }

  List<Json> items() {
    return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
  }

  List<String> keys() {
    return value instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }
}
