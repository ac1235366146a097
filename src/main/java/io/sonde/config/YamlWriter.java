package io.sonde.config;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes mappings, lists and scalars as YAML, one item a line. */
final class YamlWriter {
  private final int step;
  private final boolean listsIndented;
  private final StringBuilder out = new StringBuilder();

  /**
   * A writer.
   *
   * @param step columns per level
   * @param listsIndented whether the items of a list stand further right than its key
   */
  YamlWriter(int step, boolean listsIndented) {
    this.step = step;
    this.listsIndented = listsIndented;
  }

  String write(Tree tree) {
    map(tree.entries(), 0, false);
    return out.toString();
  }

  private void map(Map<?, ?> entries, int indent, boolean begun) {
    boolean first = begun;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      if (!first) {
        out.append(" ".repeat(indent));
      }
      first = false;
      String key = String.valueOf(entry.getKey());
      out.append(YamlText.isMultiLine(key) ? YamlText.doubleQuoted(key) : YamlText.flow(key));
      out.append(':');
      value(entry.getValue(), indent);
    }
  }

  /** Writes what comes after a key: on the same line, or below. */
  private void value(@Nullable Object value, int indent) {
    if (value instanceof Tree tree) {
      value(tree.entries(), indent);
    } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('\n');
      map(map, deeper(indent), false);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      out.append('\n');
      list(list, listsIndented ? deeper(indent) : indent);
    } else {
      out.append(' ');
      scalar(value, indent);
    }
  }

  private void list(List<?> items, int indent) {
    for (Object item : items) {
      out.append(" ".repeat(indent)).append('-');
      Object inner = item instanceof Tree tree ? tree.entries() : item;
      if (inner instanceof Map<?, ?> map && !map.isEmpty()) {
        out.append(' ');
        map(map, indent + 2, true);
      } else if (inner instanceof List<?> list && !list.isEmpty()) {
        out.append('\n');
        list(list, deeper(indent));
      } else {
        value(inner, indent);
      }
    }
  }

  /** The next level: beneath an item of a list it is a shorter way. */
  private int deeper(int indent) {
    return step * ((indent + step) / step);
  }

  private void scalar(@Nullable Object value, int indent) {
    if (value instanceof Map<?, ?>) {
      out.append("{}");
    } else if (value instanceof List<?>) {
      out.append("[]");
    } else if (value instanceof Bytes bytes && !Utf8.isValid(bytes.toByteArray())) {
      out.append("!!binary ").append(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    } else if (value instanceof Boolean || value instanceof Number || value == null) {
      out.append(number(value));
    } else {
      text(value.toString(), indent);
      return;
    }
    out.append('\n');
  }

  private static String number(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return Double.isNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf";
    }
    return String.valueOf(value);
  }

  private void text(String text, int parent) {
    if (!YamlText.isLiteral(text)) {
      out.append(YamlText.flow(text)).append('\n');
      return;
    }
    int indent = deeper(parent);
    String body = text.stripTrailing();
    boolean leading = text.startsWith(" ") || text.startsWith("\n");
    out.append('|').append(leading ? String.valueOf(indent - parent) : "");
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (body.isEmpty() || text.endsWith("\n\n")) {
      out.append('+');
    }
    out.append('\n');
    String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : lines.split("\n", -1)) {
      out.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n');
    }
  }
}
