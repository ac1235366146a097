package io.sonde.cli;

import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of commands that say which configuration is meant, and how it is read. */
final class ConfigFlags {
  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description =
          "Configuration file, folder of *.yml and *.yaml files, or pattern; may be given several"
              + " times.")
  private List<String> files = List.of();

  @Option(
      names = "--config.expand-env",
      description = "Replace $${NAME} in values by environment variables.")
  private boolean expandEnv;

  @Option(
      names = "--config.files-below",
      paramLabel = "DIR",
      description =
          "Folder that the files named by modules must lie in; may be given several times.")
  private List<String> filesBelow = List.of();

  /** What they say. */
  ConfigOptions options() {
    return options(files);
  }

  /** What they say of other files. */
  ConfigOptions options(List<String> others) {
    ConfigOptions options = new ConfigOptions(others, Duration.ZERO, false, expandEnv, filesBelow);
    try {
      options.folders();
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("--config.files-below: no name of a folder");
    }
    return options;
  }
}
