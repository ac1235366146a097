package io.sonde.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a configuration file that problems belong to which were found after it was
 * loaded, when only the module and the path of its key are known.
 */
public final class Places {
  private final String file;
  private final @Nullable YamlNode root;

  private Places(String file, @Nullable YamlNode root) {
    this.file = file;
    this.root = root;
  }

  /** The places of a file. */
  static Places of(String file, byte[] content) {
    return new Places(file, ConfigLoader.compose(file, content, new Problems()));
  }

  /** An error at the last of some keys, each below the one before, or at the last that is there. */
  Problem error(String message, String... keys) {
    YamlNode at = place(root, List.of(keys));
    return new Problem(
        file,
        at == null ? 0 : at.line(),
        at == null ? 0 : at.column(),
        "",
        String.join(".", keys),
        Problem.Severity.ERROR,
        message,
        "");
  }

  /**
   * The same problems with their places in a file that was loaded before: each at its key, or where
   * that is not written there (because an alias or a merge brings it), at the nearest key above it.
   */
  public static List<Problem> placed(String file, byte[] content, List<Problem> problems) {
    if (problems.isEmpty()) {
      return problems;
    }
    Places places = of(file, content);
    return problems.stream().map(places::placed).toList();
  }

  private Problem placed(Problem problem) {
    YamlNode place = place(problem);
    return place == null || problem.line() > 0
        ? problem
        : new Problem(
            file,
            place.line(),
            place.column(),
            problem.module(),
            problem.path(),
            problem.severity(),
            problem.message(),
            problem.hint());
  }

  private @Nullable YamlNode place(Problem problem) {
    String module = "modules." + problem.module();
    if (root == null || problem.module().isEmpty() || !problem.path().startsWith(module)) {
      return null;
    }
    String rest = problem.path().substring(module.length());
    return place(valueOf(root, "modules"), keys(problem.module(), rest));
  }

  private static @Nullable YamlNode place(@Nullable YamlNode mapping, List<String> keys) {
    YamlNode place = null;
    YamlNode value = mapping;
    for (String name : keys) {
      YamlNode.Entry entry = value == null ? null : entry(value, name);
      if (entry == null) {
        return place;
      }
      place = entry.key();
      value = entry.value();
    }
    return place;
  }

  private static List<String> keys(String module, String rest) {
    String path = rest.startsWith(".") ? rest.substring(1) : rest;
    List<String> keys = new ArrayList<>(List.of(module));
    if (!path.isEmpty()) {
      keys.addAll(List.of(path.split("\\.", -1)));
    }
    return keys;
  }

  private static @Nullable YamlNode valueOf(YamlNode mapping, String name) {
    YamlNode.Entry entry = entry(mapping, name);
    return entry == null ? null : entry.value();
  }

  private static YamlNode.@Nullable Entry entry(YamlNode mapping, String name) {
    for (YamlNode.Entry entry : mapping.entries()) {
      if (entry.key().isScalar() && entry.key().text().equals(name)) {
        return entry;
      }
    }
    return null;
  }
}
