package io.sonde;

import io.sonde.cli.ConfigOptions;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.FileFolders;
import io.sonde.config.LoadRules;
import io.sonde.config.PolicyPreset;
import io.sonde.config.Problem;
import io.sonde.config.source.Assembled;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.probe.Loops;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Probers;
import io.sonde.server.guard.WebFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
   * Checks a web configuration and the files that it names.
   *
   * @param file as given; empty for none
   * @throws StartupException if it would not load
   */
  static void runWeb(String file) throws StartupException {
    if (file.isEmpty()) {
      return;
    }
    try {
      for (Problem problem : new WebFile(Path.of(file)).check().warnings()) {
        logger.atWarn().addKeyValue("problem", problem).log("Web config warning");
      }
    } catch (ConfigException | InvalidPathException e) {
      throw StartupException.ofWebConfig(file, e);
    }
  }

  /**
   * Checks.
   *
   * @param demandedPolicy the target policy of the command line
   * @throws StartupException if the configuration does not load, or a module of it cannot work
   */
  static void run(ConfigOptions options, PolicyPreset demandedPolicy) throws StartupException {
    List<Problem> problems = new ArrayList<>();
    ConfigSource source = options.source();
    LoadRules rules = options.rules().forCheck();
    try (Loops loops = Loops.start(1);
        Probers probers = new Probers(loops, 0, FileFolders.ANY, demandedPolicy)) {
      Assembled all =
          new Assembly((name, text) -> ConfigLoader.parse(name, text, rules), false)
              .join(source.read());
      ModuleTable table = probers.table(all.config(), ModuleTable.EMPTY);
      problems.addAll(all.config().warnings());
      problems.addAll(all.placed(table.warnings()));
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
