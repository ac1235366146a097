package io.sonde.config;

import java.util.List;
import java.util.Map;

/** The whole file. */
final class ConfigBlock extends Block<Map<String, ModuleConfig>> {
  static final Key<Map<String, ModuleConfig>> MODULES =
      Key.of("modules", new ModulesKind(), Map.of());

  static final ConfigBlock BLOCK = new ConfigBlock();

  private ConfigBlock() {
    super("configuration", List.of(MODULES));
  }

  @Override
  Map<String, ModuleConfig> build(Fields fields, Reading in) {
    return fields.get(MODULES);
  }
}
