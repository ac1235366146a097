package io.sonde.config;

import org.jspecify.annotations.Nullable;

/** One key of a block: its name, what its value can be, and what its absence means. */
final class Key<T> {
  private final String name;
  private final Kind<T> kind;
  private final @Nullable T fallback;
  private final boolean sensitive;
  private final boolean extra;

  private Key(String name, Kind<T> kind, @Nullable T fallback, boolean sensitive, boolean extra) {
    this.name = name;
    this.kind = kind;
    this.fallback = fallback;
    this.sensitive = sensitive;
    this.extra = extra;
  }

  static <T> Key<T> of(String name, Kind<T> kind, T fallback) {
    return new Key<>(name, kind, fallback, false, false);
  }

  /** A key whose absence is told apart from every value. */
  static <T> Key<T> optional(String name, Kind<T> kind) {
    return new Key<>(name, kind, null, false, false);
  }

  /** The same key, whose value never appears in a message, not even where it is of a wrong type. */
  Key<T> sensitive() {
    return new Key<>(name, kind, fallback, true, extra);
  }

  /** The same key, known only where the operator asks for more than blackbox_exporter has. */
  Key<T> extra() {
    return new Key<>(name, kind, fallback, sensitive, true);
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

  boolean isExtra() {
    return extra;
  }

  boolean isSensitive() {
    return sensitive;
  }
}
