package io.sonde;

import io.sonde.server.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which configuration a daemon reads. */
final class ConfigChoice {
  private static final String CUSTOMARY = "blackbox.yml";

  private ConfigChoice() {}

  /**
   * The file that was asked for, even if it is missing; else the customary one in the working
   * directory; else the built-in modules.
   */
  static ConfigSource source(@Nullable String configFile) {
    if (configFile != null) {
      return ConfigSource.file(configFile);
    }
    return Files.exists(Path.of(CUSTOMARY)) ? ConfigSource.file(CUSTOMARY) : ConfigSource.BUILT_IN;
  }
}
