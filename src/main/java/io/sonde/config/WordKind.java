package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of a few words, each of which means something. */
final class WordKind<T> extends Kinds.ScalarKind<T> {
  /** More words than these are not listed in a message. */
  private static final int MOST_LISTED = 16;

  private final String complaint;
  private final Map<String, T> meanings;

  /**
   * A kind of value.
   *
   * @param complaint what is said of another word, which takes the place of {@code %s}
   * @param meanings in the order in which they are listed
   */
  WordKind(String label, String complaint, Map<String, T> meanings) {
    super(label, "string");
    this.complaint = complaint;
    this.meanings = meanings;
  }

  /** Words that are the texts of what they mean. */
  static <T> WordKind<T> of(String label, String complaint, Iterable<T> values) {
    Map<String, T> meanings = new LinkedHashMap<>();
    for (T value : values) {
      meanings.put(value.toString(), value);
    }
    return new WordKind<>(label, complaint, meanings);
  }

  @Override
  @Nullable T read(Scalar scalar, YamlNode node, Reading in) {
    T meaning = meanings.get(node.text());
    if (meaning == null) {
      String near = Suggestions.nearest(node.text(), meanings.keySet());
      in.error(
          node,
          complaint.replace("%s", node.written()),
          near == null ? list() : "did you mean " + near + "?");
    }
    return meaning;
  }

  /** What a message says that it expected; empty where that would be too long. */
  String list() {
    return meanings.size() > MOST_LISTED
        ? ""
        : meanings.keySet().stream()
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(", ", "expected one of ", ""));
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return in.word(meanings.keySet());
  }
}
