package io.sonde.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that one mapping gives to the keys of its block. */
final class Fields {
  private final YamlNode mapping;
  private final Map<Key<?>, Object> values = new HashMap<>();
  private final Map<Key<?>, YamlNode> places = new HashMap<>();
  private final Set<Key<?>> failed = new HashSet<>();

  Fields(YamlNode mapping) {
    this.mapping = mapping;
  }

  /** Reads the value of a key that the mapping has. */
  <T> void read(Key<T> key, YamlNode.Entry entry, Reading in) {
    int before = in.problems().errors();
    boolean sensitive = in.sensitive(in.isSensitive() || key.isSensitive());
    in.enter(key.name(), entry.key());
    T value = key.kind().read(entry.value(), in);
    in.leave();
    in.sensitive(sensitive);
    places.put(key, entry.value());
    if (value != null) {
      values.put(key, value);
    }
    if (in.problems().errors() > before) {
      failed.add(key);
    }
  }

  /** The value of a key, or what its absence means. */
  <T> T get(Key<T> key) {
    return Objects.requireNonNull(find(key), key.name());
  }

  /** The value of a key; null where its absence has a meaning of its own. */
  <T> @Nullable T find(Key<T> key) {
    @SuppressWarnings("unchecked") // only read() puts values, those of the key's own kind
    T value = (T) values.get(key);
    return value == null ? key.fallback() : value;
  }

  /** Whether the key has a value that is not null. */
  boolean has(Key<?> key) {
    return values.containsKey(key);
  }

  /** Whether the key has a text that is not empty. */
  boolean hasText(Key<?> key) {
    Object value = values.get(key);
    return value != null && !value.toString().isEmpty();
  }

  /** Whether the value was wrong, so that it is no use to complain about what follows from it. */
  boolean failed(Key<?> key) {
    return failed.contains(key);
  }

  /** Where the value of a key stands; the place of the mapping if it has no such key. */
  YamlNode at(Key<?> key) {
    return places.getOrDefault(key, mapping);
  }

  /** Which of some keys stands last in the file: the one too many. */
  Key<?> lastOf(Key<?>... keys) {
    Key<?> last = keys[0];
    for (Key<?> key : keys) {
      if (places.containsKey(key) && (!places.containsKey(last) || at(key).isAfter(at(last)))) {
        last = key;
      }
    }
    return last;
  }

  /** Reports a value that cannot be. */
  void error(Reading in, Key<?> key, String message, String hint) {
    in.enter(key.name(), at(key));
    in.error(at(key), message, hint);
    in.leave();
  }

  /** Reports a value that lets every probe of the module fail. */
  void unusable(Reading in, Key<?> key, String message) {
    in.enter(key.name(), at(key));
    in.unusable(at(key), message);
    in.leave();
  }

  /** Reports a value that may not do what its author thinks. */
  void warn(Reading in, Key<?> key, String message, String hint) {
    in.enter(key.name(), at(key));
    in.warn(at(key), message, hint);
    in.leave();
  }
}
