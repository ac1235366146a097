package io.sonde;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.Places;
import io.sonde.config.Problem;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Probers;
import io.sonde.server.ConfigSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a configuration without serving it. Stricter than loading: a module that loads but whose
 * every probe would fail is an error here, as this is the moment to hear of it.
 */
final class ConfigCheck {
  private static final Logger logger = LoggerFactory.getLogger(ConfigCheck.class);

  private ConfigCheck() {}

  /**
   * Checks.
   *
   * @throws StartupException if the configuration does not load, or a module of it cannot work
   */
  static void run(ConfigSource source) throws StartupException {
    List<Problem> problems = new ArrayList<>();
    try (Loops loops = Loops.start(1);
        Probers probers = new Probers(loops, 0)) {
      byte[] content = source.read();
      Config config = ConfigLoader.check(source.name(), content);
      ModuleTable table = ModuleTable.bind(config, probers::bind, ModuleTable.EMPTY);
      problems.addAll(config.warnings());
      problems.addAll(Places.placed(source.name(), content, table.warnings()));
    } catch (IOException | ConfigException e) {
      throw StartupException.ofConfig(source, e);
    }
    List<String> unusable = new ArrayList<>();
    for (Problem problem : problems) {
      if (problem.severity() == Problem.Severity.WARNING) {
        logger.atWarn().addKeyValue("problem", problem).log("Config warning");
      } else {
        unusable.add(problem.toString());
      }
    }
    if (!unusable.isEmpty()) {
      throw new StartupException("Error in config", String.join("\n", unusable));
    }
  }
}
