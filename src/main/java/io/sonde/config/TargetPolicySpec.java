package io.sonde.config;

import java.util.List;

/**
 * Whom probes may connect to.
 *
 * @param preset what is forbidden unless a rule of {@code allow} that names addresses says
 *     otherwise
 * @param denyByDefault whether what no rule of {@code allow} is about is forbidden
 * @param allow what is allowed
 * @param deny what is forbidden, whatever else is said
 */
public record TargetPolicySpec(
    PolicyPreset preset, boolean denyByDefault, List<PolicyRule> allow, List<PolicyRule> deny) {
  /** Everybody. */
  public static final TargetPolicySpec NONE = of(PolicyPreset.OFF);

  /** Nobody: for a file that has a policy which nobody can read. */
  public static final TargetPolicySpec NOBODY =
      new TargetPolicySpec(PolicyPreset.PUBLIC, true, List.of(), List.of());

  public TargetPolicySpec {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** A preset and nothing else. */
  public static TargetPolicySpec of(PolicyPreset preset) {
    return new TargetPolicySpec(preset, false, List.of(), List.of());
  }

  /** Whether it forbids nothing at all. */
  public boolean permitsEverything() {
    return preset == PolicyPreset.OFF && !denyByDefault && deny.isEmpty();
  }
}
