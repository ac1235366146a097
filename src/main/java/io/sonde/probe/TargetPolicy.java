package io.sonde.probe;

import io.sonde.config.ModuleConfig;
import io.sonde.config.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom runs may contact. Compiled when a configuration is loaded, in force for every run of its
 * modules from beginning to end; asked before every packet's first socket. Safe for use by many
 * loops.
 */
public interface TargetPolicy {
  /** Everybody. */
  TargetPolicy OFF =
      new TargetPolicy() {
        @Override
        public @Nullable String objection(Remote remote) {
          return null;
        }

        @Override
        public @Nullable String objectionToName(String name) {
          return null;
        }

        @Override
        public List<Problem> objections(ModuleConfig module) {
          return List.of();
        }
      };

  /** The rule that forbids to contact {@code remote}, for people; null if none does. */
  @Nullable String objection(Remote remote);

  /** The rule that forbids to call anybody by that name, wherever it is; null if none does. */
  @Nullable String objectionToName(String name);

  /** Why probes of {@code module} cannot work under this policy, whatever their target. */
  List<Problem> objections(ModuleConfig module);
}
