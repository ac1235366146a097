package io.sonde.cli;

import io.sonde.config.Config;
import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.Places;
import io.sonde.config.Problem;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Probers;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A configuration file and everything that is wrong with it, with what this version cannot do of
 * it.
 *
 * @param name as given
 * @param lines its text; empty if it could not be read
 * @param problems in the order of the file
 * @param unlisted how many more errors it has than those that are told
 */
record CheckedFile(String name, List<String> lines, List<Problem> problems, int unlisted) {
  private static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  /** Reads and checks a file; compiles its modules with {@code probers}. */
  static CheckedFile of(String name, Probers probers) {
    byte[] content;
    try {
      content = ConfigLoader.read(Path.of(name));
    } catch (ConfigException e) {
      return new CheckedFile(name, List.of(), e.problems(), 0);
    } catch (InvalidPathException e) {
      return new CheckedFile(name, List.of(), List.of(error(name, "no file name")), 0);
    }
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    try {
      Config config = ConfigLoader.check(name, content);
      List<Problem> problems = new ArrayList<>(config.warnings());
      ModuleTable table = ModuleTable.bind(config, probers::bind, ModuleTable.EMPTY);
      problems.addAll(Places.placed(name, content, table.warnings()));
      problems.sort(IN_FILE_ORDER);
      return new CheckedFile(name, lines, problems, 0);
    } catch (ConfigException e) {
      return new CheckedFile(name, lines, e.problems(), e.unlisted());
    }
  }

  /** How many problems of a severity there are. */
  int count(Problem.Severity severity) {
    int told = (int) problems.stream().filter(p -> p.severity() == severity).count();
    return severity == Problem.Severity.ERROR ? told + unlisted : told;
  }

  private static Problem error(String file, String message) {
    return new Problem(file, 0, 0, "", "", Problem.Severity.ERROR, message, "");
  }
}
