package io.sonde.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of a few words, each of which means something. */
final class WordKind<T> extends Kinds.ScalarKind<T> {
  private final String complaint;
  private final Map<String, T> meanings;

  /**
   * A kind of value.
   *
   * @param complaint what is said of another word, which follows it
   */
  WordKind(String label, String complaint, Map<String, T> meanings) {
    super(label, "string");
    this.complaint = complaint;
    this.meanings = meanings;
  }

  @Override
  @Nullable T read(Scalar scalar, YamlNode node, Reading in) {
    T meaning = meanings.get(node.text());
    if (meaning == null) {
      String near = Suggestions.nearest(node.text(), meanings.keySet());
      in.error(
          node,
          complaint + node.text(),
          near == null
              ? "expected one of " + String.join(", ", meanings.keySet())
              : "did you mean " + near + "?");
    }
    return meaning;
  }
}
