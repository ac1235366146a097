package io.sonde.cli;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ModuleConfig;
import io.sonde.config.Problem;
import io.sonde.config.Suggestions;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The module that a command line names, from the configuration that serving would use.
 *
 * @param config what is configured, with no other module
 */
record ModuleChoice(ModuleConfig module, Config config) {
  /** More are not listed in a message. */
  private static final int MOST_NAMES = 20;

  /**
   * The module of that name.
   *
   * @param options where the configuration comes from
   * @throws CommandFailure if there is none, or if the configuration cannot be loaded
   */
  static ModuleChoice find(String name, ConfigOptions options) {
    ConfigSource source = options.source();
    Config config = load(source, options.assembly());
    ModuleConfig module = config.modules().get(name);
    if (module == null) {
      throw CommandFailure.usage(unknown(name, source, config.modules().keySet()));
    }
    return new ModuleChoice(
        module, new Config(Map.of(name, module), config.targetPolicies(), List.of(), List.of()));
  }

  private static Config load(ConfigSource source, Assembly assembly) {
    try {
      return assembly.join(source.read()).config();
    } catch (ConfigException e) {
      throw CommandFailure.broken(broken(e.problems()));
    } catch (IOException e) {
      throw CommandFailure.broken(source.name() + ": " + e.getMessage());
    }
  }

  private static String broken(List<Problem> problems) {
    Problem first = problems.get(0);
    if (first.line() == 0) {
      return first.message() + "; name a readable file with --config.file";
    }
    return (problems.size() == 1
            ? "the configuration does not load: "
            : "the configuration has " + problems.size() + " errors, the first is: ")
        + first
        + "; sonde check "
        + first.file()
        + " shows all";
  }

  private static String unknown(String name, ConfigSource source, Set<String> known) {
    String near = Suggestions.nearest(name, known);
    String hint = near == null ? "." : ", did you mean " + near + "?";
    String names = String.join(", ", known.stream().limit(MOST_NAMES).toList());
    int more = known.size() - MOST_NAMES;
    return "unknown module \""
        + name
        + "\""
        + hint
        + " Known ("
        + source.name()
        + "): "
        + (names.isEmpty() ? "none" : names)
        + (more > 0 ? " and " + more + " more" : "");
  }
}
