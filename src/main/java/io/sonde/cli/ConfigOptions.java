package io.sonde.cli;

import io.sonde.config.ConfigLoader;
import io.sonde.config.FileFolders;
import io.sonde.config.LoadRules;
import io.sonde.config.Variables;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the command line says about the configuration.
 *
 * @param files files, folders and patterns as given; none for the usual place
 * @param autoReloadInterval between two looks for a change; zero never looks
 * @param keepLastGood whether a file with errors leaves the others alone
 * @param expandEnv whether values may refer to environment variables
 * @param filesBelow folders that the files of modules must lie in; none for anywhere
 */
public record ConfigOptions(
    List<String> files,
    Duration autoReloadInterval,
    boolean keepLastGood,
    boolean expandEnv,
    List<String> filesBelow) {
  public ConfigOptions {
    files = List.copyOf(files);
    filesBelow = List.copyOf(filesBelow);
  }

  /** Where the configuration comes from. */
  public ConfigSource source() {
    return ConfigSource.choose(files);
  }

  /** The folders that files of modules must lie in. */
  public FileFolders folders() {
    return FileFolders.of(filesBelow.stream().map(Path::of).toList());
  }

  /** How configuration files are read. */
  public LoadRules rules() {
    return new LoadRules(Variables.ofProcess(expandEnv), folders(), false);
  }

  /** Joins the files of a daemon. */
  public Assembly assembly() {
    LoadRules rules = rules();
    return new Assembly((name, text) -> ConfigLoader.parse(name, text, rules), keepLastGood);
  }
}
