package io.sonde.config;

import java.util.List;

/** {@code target_policy}. */
final class TargetPolicyBlock extends Block<TargetPolicySpec> {
  static final Key<PolicyPreset> PRESET = Key.of("preset", PolicyKinds.PRESET, PolicyPreset.OFF);
  static final Key<String> DEFAULT = Key.of("default", PolicyKinds.VERDICT, PolicyKinds.ALLOW);
  static final Key<List<PolicyRule>> ALLOW =
      Key.of("allow", Kinds.list(PolicyRuleBlock.BLOCK), List.of());
  static final Key<List<PolicyRule>> DENY =
      Key.of("deny", Kinds.list(PolicyRuleBlock.BLOCK), List.of());

  static final TargetPolicyBlock BLOCK = new TargetPolicyBlock();

  private TargetPolicyBlock() {
    super("target_policy", List.of(PRESET, DEFAULT, ALLOW, DENY));
  }

  @Override
  TargetPolicySpec build(Fields fields, Reading in) {
    boolean denies = fields.get(DEFAULT).equals(PolicyKinds.DENY);
    List<PolicyRule> allow = fields.get(ALLOW);
    if (denies && allow.isEmpty() && !fields.failed(ALLOW)) {
      fields.warn(in, DEFAULT, "nothing can be probed", "allow says what can");
    }
    if (!denies && !allow.isEmpty() && fields.get(PRESET) == PolicyPreset.OFF) {
      String hint = "everything is allowed; did you mean to set default: deny, or a preset?";
      fields.warn(in, ALLOW, "these rules have no effect", hint);
    }
    return new TargetPolicySpec(fields.get(PRESET), denies, allow, fields.get(DENY));
  }
}
