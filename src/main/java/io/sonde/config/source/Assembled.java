package io.sonde.config.source;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.Places;
import io.sonde.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt to load all files ended with.
 *
 * @param config all modules
 * @param hash over the texts in force, in hexadecimal digits
 * @param files by name, whether what it holds now is in force
 * @param fresh the texts that were loaded by this attempt, and are in force
 * @param failure what is wrong with the files that are not in force; null if there are none
 */
public record Assembled(
    Config config,
    String hash,
    Map<String, Boolean> files,
    List<Fresh> fresh,
    @Nullable ConfigException failure) {
  /** Nothing at all. */
  public static final Assembled NOTHING =
      new Assembled(new Config(Map.of(), List.of()), "", Map.of(), List.of(), null);

  /** Problems of modules that were loaded by this attempt, at their places in their files. */
  public List<Problem> placed(List<Problem> problems) {
    List<Problem> placed = new ArrayList<>();
    for (Fresh each : fresh) {
      List<Problem> own =
          problems.stream().filter(problem -> each.modules.contains(problem.module())).toList();
      placed.addAll(Places.placed(each.text.name(), each.text.bytes(), own));
    }
    return placed;
  }

  /**
   * A text that came into force.
   *
   * @param modules the names of its modules
   */
  public record Fresh(ConfigText text, Set<String> modules) {}
}
