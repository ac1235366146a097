package io.sonde.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a key's value can be: how it is read, and what it is called in messages and documentation.
 */
abstract class Kind<T> {
  private final String label;
  private final String type;

  /**
   * A kind of value.
   *
   * @param label for people, as {@code list of int}
   * @param type what blackbox_exporter calls it in its errors, as {@code []int}
   */
  Kind(String label, String type) {
    this.label = label;
    this.type = type;
  }

  final String label() {
    return label;
  }

  /** What blackbox_exporter calls it as part of a list or map. */
  String itemType() {
    return type;
  }

  /** What a message says that it expected. */
  String expected() {
    return label;
  }

  final String type() {
    return type;
  }

  /** Reads a value; null if the node is null, or if it was wrong, which is reported then. */
  abstract @Nullable T read(YamlNode node, Reading in);

  /** What a JSON Schema says of such a value. */
  abstract Map<String, Object> schema(Schema in);

  /** Reports that a node is of another type. */
  final @Nullable T misfit(YamlNode node, Reading in) {
    in.misfit(node, type, expected());
    return null;
  }

  @Override
  public final String toString() {
    return label;
  }
}
