package io.sonde.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map whose values are maps, lists, texts, numbers (Long, BigInteger, Double) and truth values.
 */
final class TreeKind extends Kind<Map<String, @Nullable Object>> {
  TreeKind() {
    super("map of any", "map[string]interface {}");
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return Schema.object("type", List.of("object", "null"));
  }

  @Override
  @Nullable Map<String, @Nullable Object> read(YamlNode node, Reading in) {
    if (Scalar.isNull(node)) {
      return null;
    }
    return node.isMapping() ? map(node, in, 0) : misfit(node, in);
  }

  private static @Nullable Object value(YamlNode node, Reading in, int depth) {
    if (node.isMapping()) {
      return map(node, in, depth + 1);
    }
    return node.isSequence() ? list(node, in, depth + 1) : scalar(node, in);
  }

  private static @Nullable Object scalar(YamlNode written, Reading in) {
    YamlNode node = in.expanded(written);
    if (node == null) {
      return null;
    }
    Scalar scalar = Scalar.of(node);
    if (scalar == null) {
      in.badTag(node);
      return null;
    }
    if (scalar.value() instanceof BigInteger whole) {
      return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
    return scalar.value() == null ? Kinds.STRING.read(node, in) : scalar.value();
  }

  private static List<@Nullable Object> list(YamlNode node, Reading in, int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    for (YamlNode each : node.items()) {
      if (!in.spend(node, depth)) {
        break;
      }
      values.add(value(each, in, depth));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<String, @Nullable Object> map(YamlNode node, Reading in, int depth) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (in.spend(node, depth)) {
      for (YamlNode.Entry entry : in.entries(node)) {
        values.put(entry.key().text(), value(entry.value(), in, depth));
      }
    }
    return Collections.unmodifiableMap(values);
  }
}
