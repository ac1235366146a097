package io.sonde.config;

import java.util.List;
import java.util.Map;

/** The whole file. */
final class ConfigBlock extends Block<Config> {
  static final Key<Map<String, ModuleConfig>> MODULES =
      Key.of("modules", new ModulesKind(), Map.of());
  static final Key<TargetPolicySpec> TARGET_POLICY =
      Key.of("target_policy", TargetPolicyBlock.BLOCK, TargetPolicySpec.NONE);

  static final ConfigBlock BLOCK = new ConfigBlock();

  private ConfigBlock() {
    super("configuration", List.of(MODULES, TARGET_POLICY));
  }

  @Override
  Config build(Fields fields, Reading in) {
    TargetPolicySpec policy = fields.get(TARGET_POLICY);
    List<TargetPolicySpec> policies =
        policy.equals(TargetPolicySpec.NONE) ? List.of() : List.of(policy);
    return new Config(fields.get(MODULES), policies, in.problems().warnings(), List.of());
  }
}
