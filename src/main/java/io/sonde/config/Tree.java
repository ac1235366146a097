package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mapping that is about to be printed: what says nothing is left out. */
final class Tree {
  private final Map<String, @Nullable Object> entries = new LinkedHashMap<>();

  Map<String, @Nullable Object> entries() {
    return entries;
  }

  Tree put(String key, @Nullable Object value) {
    entries.put(key, value);
    return this;
  }

  /** Adds a text unless it is empty. */
  Tree text(String key, Object value) {
    return value.toString().isEmpty() ? this : put(key, value);
  }

  Tree flag(String key, boolean value) {
    return value ? put(key, true) : this;
  }

  Tree list(String key, List<?> values) {
    return values.isEmpty() ? this : put(key, values);
  }

  /** Adds a list of mappings. */
  <T> Tree list(String key, List<T> values, Function<T, Tree> printed) {
    return list(key, values.stream().map(printed).toList());
  }

  Tree sub(String key, Tree value) {
    return value.entries.isEmpty() ? this : put(key, value);
  }

  /** Adds a map whose names are sorted. */
  <T> Tree map(String key, Map<String, T> values, Function<Map.Entry<String, T>, Object> printed) {
    return sub(key, sorted(values, printed));
  }

  static <T> Tree sorted(Map<String, T> values, Function<Map.Entry<String, T>, Object> printed) {
    Map<String, T> sorted = new TreeMap<>(NaturalOrder.COMPARATOR);
    sorted.putAll(values);
    Tree tree = new Tree();
    sorted.entrySet().forEach(entry -> tree.put(entry.getKey(), printed.apply(entry)));
    return tree;
  }

  /** The same with secrets taken out of its texts; the names stay. */
  Tree without(Redaction secrets) {
    Tree tree = new Tree();
    entries.forEach((key, value) -> tree.put(key, without(secrets, value)));
    return tree;
  }

  private static @Nullable Object without(Redaction secrets, @Nullable Object value) {
    if (value instanceof Tree tree) {
      return tree.without(secrets);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> without(secrets, item)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> hidden = new LinkedHashMap<>();
      map.forEach((key, item) -> hidden.put(key, without(secrets, item)));
      return hidden;
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    String text = value.toString();
    String hidden = secrets.hide(text);
    return hidden.equals(text) ? value : hidden;
  }
}
