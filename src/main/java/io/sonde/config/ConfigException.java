package io.sonde.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be loaded; the message names all its problems and no secret. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final int unlisted;

  ConfigException(String message, List<Problem> problems) {
    this(message, problems, 0);
  }

  ConfigException(String message, List<Problem> problems, int unlisted) {
    super(message);
    this.problems = List.copyOf(problems);
    this.unlisted = unlisted;
  }

  /** What one load found wrong in several files, in their order. */
  public static ConfigException of(List<ConfigException> failures) {
    if (failures.size() == 1) {
      return failures.get(0);
    }
    return new ConfigException(
        failures.stream()
            .map(failure -> String.valueOf(failure.getMessage()))
            .collect(Collectors.joining("\n")),
        failures.stream().flatMap(failure -> failure.problems().stream()).toList(),
        failures.stream().mapToInt(ConfigException::unlisted).sum());
  }

  /** Errors that are found when files are joined, at least one. */
  public static ConfigException ofProblems(List<Problem> errors) {
    Problems problems = new Problems();
    errors.forEach(problems::add);
    return problems.toException();
  }

  /** How many more errors there are than those that are told: nobody reads thousands. */
  public int unlisted() {
    return unlisted;
  }

  /** Every problem that is told, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
