package io.sonde.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code --web.config.file} names: all of it or, with all that is wrong in it, nothing.
 */
public final class WebConfigLoader {
  private static final String PREFIX = "error parsing web config file: ";

  private static final WebConfig EMPTY =
      new WebConfig(null, true, Map.of(), Map.of(), RateLimit.NONE, List.of());

  private WebConfigLoader() {}

  /**
   * Loads what stands in a file. Nothing at all is a configuration, that guards nothing.
   *
   * @param file where it is, for messages and for the files that it names: relative ones are
   *     relative to its directory
   * @throws ConfigException if it has any error; it tells all of them
   */
  public static WebConfig parse(Path file, byte[] content) throws ConfigException {
    Problems problems = new Problems(PREFIX);
    YamlNode root = ConfigLoader.compose(file.toString(), content, problems);
    problems.throwIfAny();
    WebConfig read =
        root == null
            ? null
            : WebConfigBlock.BLOCK.read(
                root, new Reading(file.toString(), problems, LoadRules.USUAL));
    problems.throwIfAny();
    Path directory = file.toAbsolutePath().getParent();
    return (read == null ? EMPTY : read)
        .in(directory == null ? Path.of("") : directory, problems.warnings());
  }

  /** A file that cannot be read. */
  public static ConfigException unreadable(Path file, String reason) {
    return new ConfigException(
        PREFIX + reason,
        List.of(new Problem(file.toString(), 0, 0, "", "", Problem.Severity.ERROR, reason, "")));
  }

  /**
   * What was found out after loading, by reading the files that it names.
   *
   * @param flaws what is wrong, by the key below {@code tls_server_config} that it belongs to
   */
  public static ConfigException flawed(Path file, byte[] content, Map<String, String> flaws) {
    Problems problems = new Problems(PREFIX);
    Places places = Places.of(file.toString(), content);
    flaws.forEach((key, flaw) -> problems.add(places.error(flaw, WebConfig.TLS_KEY, key)));
    try {
      problems.throwIfAny();
    } catch (ConfigException failure) {
      return failure;
    }
    throw new IllegalArgumentException("no flaw");
  }
}
