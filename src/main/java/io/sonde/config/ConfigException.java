package io.sonde.config;

import java.util.List;

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

  /** How many more errors there are than those that are told: nobody reads thousands. */
  public int unlisted() {
    return unlisted;
  }

  /** Every problem that is told, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
