package io.sonde.config;

import org.jspecify.annotations.Nullable;

/** One key of a block: its name, what its value can be, and what its absence means. */
final class Key<T> {
  private final String name;
  private final Kind<T> kind;
  private final @Nullable T fallback;
  private final boolean sensitive;

  private Key(String name, Kind<T> kind, @Nullable T fallback, boolean sensitive) {
    this.name = name;
    this.kind = kind;
    this.fallback = fallback;
    this.sensitive = sensitive;
  }

  static <T> Key<T> of(String name, Kind<T> kind, T fallback) {
    return new Key<>(name, kind, fallback, false);
  }

  /** A key whose absence is told apart from every value. */
  static <T> Key<T> optional(String name, Kind<T> kind) {
    return new Key<>(name, kind, null, false);
  }

  /** The same key, whose value never appears in a message, not even where it is of a wrong type. */
  Key<T> sensitive() {
    return new Key<>(name, kind, fallback, true);
  }

  String name() {
    return name;
  }

  Kind<T> kind() {
    return kind;
  }

  /** What the key means where it is absent or null; null if absence has a meaning of its own. */
  @Nullable T fallback() {
    return fallback;
  }

  boolean isSensitive() {
    return sensitive;
  }
}
