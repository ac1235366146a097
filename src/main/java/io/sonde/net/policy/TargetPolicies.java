package io.sonde.net.policy;

import io.sonde.config.ModuleConfig;
import io.sonde.config.PolicyPreset;
import io.sonde.config.Problem;
import io.sonde.config.TargetPolicySpec;
import io.sonde.config.TargetScheme;
import io.sonde.probe.Remote;
import io.sonde.probe.TargetPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles target policies. */
public final class TargetPolicies {
  private TargetPolicies() {}

  /**
   * The policies of a configuration together with that of the command line: what one of them
   * forbids is forbidden, so that no file can lift what another or the command line demands.
   *
   * @param demanded by the command line
   * @param configured those of the files
   */
  public static TargetPolicy of(PolicyPreset demanded, List<TargetPolicySpec> configured) {
    List<RuleSet> sets = new ArrayList<>();
    if (demanded != PolicyPreset.OFF) {
      sets.add(new RuleSet(demanded));
    }
    for (TargetPolicySpec each : configured) {
      if (!each.permitsEverything()) {
        sets.add(new RuleSet(each));
      }
    }
    return sets.isEmpty() ? TargetPolicy.OFF : new Compiled(List.copyOf(sets));
  }

  /** Several rule sets; each may object. */
  record Compiled(List<RuleSet> sets) implements TargetPolicy {
    @Override
    public @Nullable String objection(Remote remote) {
      for (RuleSet set : sets) {
        String objection = set.objection(remote);
        if (objection != null) {
          return objection;
        }
      }
      return null;
    }

    @Override
    public @Nullable String objectionToName(String name) {
      for (RuleSet set : sets) {
        String objection = set.objectionToName(name);
        if (objection != null) {
          return objection;
        }
      }
      return null;
    }

    @Nullable String objectionToAll(TargetScheme scheme) {
      for (RuleSet set : sets) {
        String objection = set.objectionToAll(scheme);
        if (objection != null) {
          return objection;
        }
      }
      return null;
    }

    @Override
    public List<Problem> objections(ModuleConfig module) {
      return new ModuleReview(this, module).problems();
    }
  }
}
