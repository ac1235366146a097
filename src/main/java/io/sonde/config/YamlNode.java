package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a YAML document with its place in the file. An alias is the very node that it refers
 * to.
 *
 * <p>Compared by identity, as a node that is referred to often may stand for a huge tree.
 */
final class YamlNode {
  enum Shape {
    SCALAR("!!str"),
    SEQUENCE("!!seq"),
    MAPPING("!!map");

    private final String tag;

    Shape(String tag) {
      this.tag = tag;
    }
  }

  /** A key of a mapping and what stands after it. */
  record Entry(YamlNode key, YamlNode value) {}

  private final Shape shape;
  private final String tag;
  private final String text;
  private final boolean plain;
  private final int line;
  private final int column;

  /** What the file has in place of the text; null where that is the text. */
  private final @Nullable String written;

  private final List<YamlNode> items = new ArrayList<>(0);
  private final List<Entry> entries = new ArrayList<>(0);

  /**
   * A node that may be filled.
   *
   * @param tag as written, shortened to {@code !!str} where it is one of YAML's own; empty if none
   * @param plain whether a scalar stands without quotes
   */
  YamlNode(Shape shape, String tag, String text, boolean plain, int line, int column) {
    this(shape, tag, text, plain, line, column, null);
  }

  private YamlNode(
      Shape shape,
      String tag,
      String text,
      boolean plain,
      int line,
      int column,
      @Nullable String written) {
    this.written = written;
    this.shape = shape;
    this.tag = tag;
    this.text = text;
    this.plain = plain;
    this.line = line;
    this.column = column;
  }

  /** The same scalar with another text, which the written one stands for. */
  YamlNode standingFor(String expanded) {
    return new YamlNode(shape, tag, expanded, plain, line, column, text);
  }

  /** Whether the text is not the one that is written in the file. */
  boolean isExpanded() {
    return written != null;
  }

  /** The text as messages may repeat it: as it is in the file. */
  String written() {
    return written == null ? text : written;
  }

  boolean isScalar() {
    return shape == Shape.SCALAR;
  }

  boolean isSequence() {
    return shape == Shape.SEQUENCE;
  }

  boolean isMapping() {
    return shape == Shape.MAPPING;
  }

  /** The tag as written; empty if none. */
  String tag() {
    return tag;
  }

  /** The tag of a collection: the written one, or that of its shape. */
  String shapeTag() {
    return tag.isEmpty() ? shape.tag : tag;
  }

  String text() {
    return text;
  }

  boolean isPlain() {
    return plain;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  boolean isAfter(YamlNode other) {
    return line == other.line ? column > other.column : line > other.line;
  }

  /** The items of a sequence; only its composer may add to them. */
  List<YamlNode> items() {
    return items;
  }

  /** The entries of a mapping, in the order of the file; only its composer may add to them. */
  List<Entry> entries() {
    return entries;
  }

  /** The key of that name, or the node itself where there is none. */
  YamlNode keyNamed(String name) {
    for (Entry entry : entries) {
      if (entry.key.text.equals(name)) {
        return entry.key;
      }
    }
    return this;
  }
}
