package io.sonde.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Immutable copies that keep the order of the file, which {@code Map.copyOf} does not. */
final class Frozen {
  private Frozen() {}

  static <V> Map<String, V> map(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  static <V> Map<String, List<V>> lists(Map<String, List<V>> map) {
    Map<String, List<V>> copy = new LinkedHashMap<>();
    for (Map.Entry<String, List<V>> entry : map.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    return map(copy);
  }
}
