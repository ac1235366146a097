package io.sonde.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one header, wherever a map from names to them stands. */
final class HeaderValuesBlock extends Block<HeaderBlock> {
  static final Key<List<String>> VALUES =
      Key.of("values", Kinds.list(Kinds.STRING), List.<String>of()).sensitive();
  static final Key<List<Secret>> SECRETS =
      Key.of("secrets", Kinds.list(Kinds.SECRET), List.<Secret>of()).sensitive();
  static final Key<List<String>> FILES = Key.of("files", Kinds.list(Kinds.FILE), List.of());

  static final HeaderValuesBlock BLOCK = new HeaderValuesBlock();

  private static final HeaderBlock EMPTY = new HeaderBlock(List.of(), List.of(), List.of());

  private HeaderValuesBlock() {
    super("header", "config.Header", List.of(VALUES, SECRETS, FILES));
  }

  /** A key that maps header names to such blocks. */
  static Key<Map<String, HeaderBlock>> keyOf(String name) {
    return Key.of(name, Kinds.map(BLOCK, EMPTY), Map.<String, HeaderBlock>of()).sensitive();
  }

  /** Takes a bare text for a header with that one value, which blackbox_exporter refuses. */
  @Override
  @Nullable HeaderBlock read(YamlNode node, Reading in) {
    if (!node.isScalar() || Scalar.isNull(node)) {
      return super.read(node, in);
    }
    String value = Kinds.STRING.read(node, in);
    return value == null ? null : new HeaderBlock(List.of(value), List.of(), List.of());
  }

  @Override
  Map<String, Object> schema(Schema in) {
    Map<String, Object> schema = super.schema(in);
    schema.put("type", List.of("object", "string", "number", "boolean", "null"));
    return schema;
  }

  @Override
  HeaderBlock build(Fields fields, Reading in) {
    return new HeaderBlock(fields.get(VALUES), fields.get(SECRETS), fields.get(FILES));
  }
}
