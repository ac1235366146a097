package io.sonde.config.source;

import io.sonde.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the configuration comes from: files, folders of files, and patterns that files match. */
public final class ConfigSource {
  /** The built-in modules, for a daemon that was given no file. */
  public static final ConfigSource BUILT_IN = new ConfigSource(List.of());

  private static final String BUILT_IN_NAME = "built-in modules";
  private static final String RESOURCE = "/io/sonde/sonde.yml";

  private static final String CUSTOMARY = "blackbox.yml";

  private final List<FilePattern> patterns;

  private ConfigSource(List<String> given) {
    this.patterns = given.stream().map(FilePattern::new).toList();
  }

  /**
   * What was asked for, even if it is missing; else the customary file in the working directory;
   * else the built-in modules.
   *
   * @param given files, folders and patterns
   */
  public static ConfigSource choose(List<String> given) {
    if (!given.isEmpty()) {
      return of(given);
    }
    return Files.exists(Path.of(CUSTOMARY)) ? file(CUSTOMARY) : BUILT_IN;
  }

  /** Files, folders and patterns, in this order. */
  public static ConfigSource of(List<String> given) {
    return new ConfigSource(given);
  }

  /** One of them. */
  public static ConfigSource file(String path) {
    return of(List.of(path));
  }

  /** What messages call it. */
  public String name() {
    return patterns.isEmpty()
        ? BUILT_IN_NAME
        : String.join(", ", patterns.stream().map(FilePattern::text).toList());
  }

  /** The file, where it is one file or folder; else null. */
  public @Nullable Path file() {
    return patterns.size() == 1 ? patterns.get(0).path() : null;
  }

  /**
   * Reads all texts, in the order in which they count. Those that cannot be read are among them,
   * with the reason.
   *
   * @throws ConfigException if a folder cannot be listed, or if nothing matches a pattern
   * @throws IOException if the jar is damaged
   */
  public List<ConfigText> read() throws ConfigException, IOException {
    if (patterns.isEmpty()) {
      return List.of(builtIn());
    }
    Map<Path, ConfigText> texts = new LinkedHashMap<>();
    for (FilePattern pattern : patterns) {
      for (Path file : pattern.files()) {
        Path key = file.toAbsolutePath().normalize();
        if (!texts.containsKey(key)) {
          texts.put(key, ConfigText.read(file));
        }
      }
    }
    return new ArrayList<>(texts.values());
  }

  private static ConfigText builtIn() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigSource.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return ConfigText.of(BUILT_IN_NAME, in.readAllBytes());
    }
  }
}
