package io.sonde.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Collects what is wrong with one file, so that its author hears all of it at once. */
final class Problems {
  private static final String OF_CONFIG = "error parsing config file: ";

  /** More than anybody reads; the rest is only counted. */
  private static final int MAX_ERRORS = 200;

  private record Told(int line, int column, String message) {}

  private final String prefix;
  private final List<Problem> errors = new ArrayList<>();
  private final Set<Told> known = new HashSet<>();
  private int found;
  private final List<Problem> warnings = new ArrayList<>();

  /** Whether a value did not fit its key, as opposed to a value that fits and makes no sense. */
  private boolean misfits;

  /** Nothing wrong so far with a configuration. */
  Problems() {
    this(OF_CONFIG);
  }

  /** Nothing wrong so far with a file. */
  Problems(String prefix) {
    this.prefix = prefix;
  }

  /** Adds a problem; one that was already told, as a mapping used twice may have it, is dropped. */
  void add(Problem problem) {
    if (problem.severity() != Problem.Severity.ERROR) {
      warnings.add(problem);
    } else if (known.add(new Told(problem.line(), problem.column(), problem.message()))) {
      found++;
      if (found <= MAX_ERRORS) {
        errors.add(problem);
      }
    }
  }

  /** Adds an error about the shape of a value or the name of a key. */
  void addMisfit(Problem problem) {
    misfits = true;
    add(problem);
  }

  /** How many errors there are so far: more of them later means that something between failed. */
  int errors() {
    return found;
  }

  /** How many warnings there are so far. */
  int warningCount() {
    return warnings.size();
  }

  /** Drops those of the latest warnings that do not matter after all. */
  void keepWarnings(int from, Predicate<Problem> matters) {
    warnings.subList(from, warnings.size()).removeIf(matters.negate());
  }

  /** What does not keep the file from loading, in the order of the file. */
  List<Problem> warnings() {
    return inFileOrder(warnings);
  }

  /** Fails if there is any error, with all of them. */
  void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      throw toException();
    }
  }

  /** All errors as one failure. */
  ConfigException toException() {
    List<Problem> sorted = inFileOrder(errors);
    if (sorted.size() == 1 && !misfits) {
      return new ConfigException(prefix + describe(sorted.get(0)), sorted);
    }
    StringBuilder text = new StringBuilder(prefix);
    text.append(misfits ? "yaml: unmarshal errors:" : sorted.size() + " problems:");
    for (Problem problem : sorted) {
      text.append("\n  line ").append(problem.line()).append(": ").append(describe(problem));
    }
    if (found > sorted.size()) {
      text.append("\n  and ").append(found - sorted.size()).append(" more");
    }
    return new ConfigException(text.toString(), sorted, found - sorted.size());
  }

  private static String describe(Problem problem) {
    StringBuilder text = new StringBuilder(problem.message()).append(" (").append(problem.place());
    if (!problem.path().isEmpty()) {
      text.append(' ').append(problem.path());
    }
    if (!problem.hint().isEmpty()) {
      text.append("; ").append(problem.hint());
    }
    return text.append(')').toString();
  }

  private static List<Problem> inFileOrder(List<Problem> problems) {
    if (problems.isEmpty()) {
      return List.of();
    }
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
