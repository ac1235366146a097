package io.sonde.config;

import org.jspecify.annotations.Nullable;

/** One key of a block: its name, what its value can be, and what its absence means. */
final class Key<T> {
  private final String name;
  private final Kind<T> kind;
  private final @Nullable T fallback;
  private final boolean sensitive;
  private final boolean extra;
  private final Remarks remarks;

  /** What is said of keys that must be there, or should not be. */
  private record Remarks(@Nullable String complaint, String hint, boolean deprecated) {
    static final Remarks NONE = new Remarks(null, "", false);
  }

  private Key(
      String name,
      Kind<T> kind,
      @Nullable T fallback,
      boolean sensitive,
      boolean extra,
      Remarks remarks) {
    this.name = name;
    this.kind = kind;
    this.fallback = fallback;
    this.sensitive = sensitive;
    this.extra = extra;
    this.remarks = remarks;
  }

  static <T> Key<T> of(String name, Kind<T> kind, T fallback) {
    return new Key<>(name, kind, fallback, false, false, Remarks.NONE);
  }

  /** A key whose absence is told apart from every value. */
  static <T> Key<T> optional(String name, Kind<T> kind) {
    return new Key<>(name, kind, null, false, false, Remarks.NONE);
  }

  /** The same key, whose value never appears in a message, not even where it is of a wrong type. */
  Key<T> sensitive() {
    return new Key<>(name, kind, fallback, true, extra, remarks);
  }

  /** The same key, known only where the operator asks for more than blackbox_exporter has. */
  Key<T> extra() {
    return new Key<>(name, kind, fallback, sensitive, true, remarks);
  }

  /**
   * The same key, which must have a text.
   *
   * @param complaint what a message says where it has none
   */
  Key<T> required(String complaint, String hint) {
    return new Key<>(name, kind, fallback, sensitive, extra, new Remarks(complaint, hint, false));
  }

  /** The same key, which only old files should have. */
  Key<T> deprecated() {
    return new Key<>(name, kind, fallback, sensitive, extra, new Remarks(null, "", true));
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

  /** What to say where the key has no text; null if it need not have any. */
  @Nullable String complaint() {
    return remarks.complaint;
  }

  String hint() {
    return remarks.hint;
  }

  boolean isDeprecated() {
    return remarks.deprecated;
  }

  boolean isExtra() {
    return extra;
  }

  boolean isSensitive() {
    return sensitive;
  }
}
