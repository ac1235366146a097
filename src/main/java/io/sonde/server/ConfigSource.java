package io.sonde.server;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration comes from.
 *
 * @param name what messages call it
 * @param file the file, or null for the modules that are built in
 */
public record ConfigSource(String name, @Nullable Path file) {
  /** The built-in modules, for a daemon that was given no file. */
  public static final ConfigSource BUILT_IN = new ConfigSource("built-in modules", null);

  private static final String RESOURCE = "/io/sonde/sonde.yml";

  private static final String CUSTOMARY = "blackbox.yml";

  /**
   * The file that was asked for, even if it is missing; else the customary one in the working
   * directory; else the built-in modules.
   */
  public static ConfigSource choose(@Nullable String configFile) {
    if (configFile != null) {
      return file(configFile);
    }
    return Files.exists(Path.of(CUSTOMARY)) ? file(CUSTOMARY) : BUILT_IN;
  }

  /** A file. */
  public static ConfigSource file(String path) {
    return new ConfigSource(path, Path.of(path));
  }

  /**
   * Reads the whole text.
   *
   * @throws ConfigException if the file cannot be read
   * @throws IOException if the jar is damaged
   */
  public byte[] read() throws ConfigException, IOException {
    if (file != null) {
      return ConfigLoader.read(file);
    }
    try (InputStream in =
        Objects.requireNonNull(ConfigSource.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return in.readAllBytes();
    }
  }
}
