package io.sonde.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map from any names to values of one kind, in the order of the file. */
class MapKind<T> extends Kind<Map<String, T>> {
  private final Kind<T> value;
  private final T ofNull;

  MapKind(Kind<T> value, T ofNull) {
    super("map of " + value.label(), "map[string]" + value.itemType());
    this.value = value;
    this.ofNull = ofNull;
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return in.map(value);
  }

  @Override
  final @Nullable Map<String, T> read(YamlNode node, Reading in) {
    if (Scalar.isNull(node)) {
      return null;
    }
    if (!node.isMapping()) {
      return misfit(node, in);
    }
    Map<String, T> values = new LinkedHashMap<>();
    for (YamlNode.Entry entry : in.entries(node)) {
      in.enter(entry.key().text(), entry.key());
      values.put(entry.key().text(), entry(entry, in));
      in.leave();
    }
    return values;
  }

  /** Reads one value. */
  T entry(YamlNode.Entry entry, Reading in) {
    T read = value.read(entry.value(), in);
    return read == null ? ofNull : read;
  }
}
