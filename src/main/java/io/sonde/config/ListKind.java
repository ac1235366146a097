package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list; items that are null or wrong are left out. */
final class ListKind<T> extends Kind<List<T>> {
  private final Kind<T> item;

  ListKind(Kind<T> item) {
    super("list of " + item.label(), "[]" + item.itemType());
    this.item = item;
  }

  @Override
  Map<String, Object> schema(Schema in) {
    return in.list(item);
  }

  @Override
  @Nullable List<T> read(YamlNode node, Reading in) {
    if (Scalar.isNull(node)) {
      return null;
    }
    if (!node.isSequence()) {
      return misfit(node, in);
    }
    List<T> values = new ArrayList<>();
    int index = 0;
    for (YamlNode each : node.items()) {
      if (!in.spend(node, 0)) {
        break;
      }
      in.enter("[" + index++ + "]", each);
      T value = item.read(each, in);
      if (value != null) {
        values.add(value);
      }
      in.leave();
    }
    return values;
  }
}
