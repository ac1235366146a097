package io.sonde.cli;

import io.sonde.config.ConfigException;
import io.sonde.config.ConfigLoader;
import io.sonde.config.LoadRules;
import io.sonde.config.Problem;
import io.sonde.config.WebConfig;
import io.sonde.config.source.Assembled;
import io.sonde.config.source.Assembly;
import io.sonde.config.source.ConfigSource;
import io.sonde.config.source.ConfigText;
import io.sonde.probe.ModuleTable;
import io.sonde.probe.Probers;
import io.sonde.server.guard.WebFile;
import java.io.IOException;
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

  /** Reads and checks the files of one configuration; compiles its modules with {@code probers}. */
  static List<CheckedFile> of(ConfigSource source, LoadRules rules, Probers probers) {
    List<ConfigText> texts;
    try {
      texts = source.read();
    } catch (ConfigException e) {
      return List.of(new CheckedFile(source.name(), List.of(), e.problems(), 0));
    } catch (IOException e) {
      throw CommandFailure.broken(source.name() + ": " + e.getMessage());
    }
    List<Problem> problems = new ArrayList<>();
    ConfigException failure;
    try {
      Assembled all =
          new Assembly((name, text) -> ConfigLoader.parse(name, text, rules), true).join(texts);
      ModuleTable table = probers.table(all.config(), ModuleTable.EMPTY);
      problems.addAll(all.config().warnings());
      problems.addAll(all.placed(table.warnings()));
      failure = all.failure();
    } catch (ConfigException e) {
      failure = e;
    }
    int unlisted = failure == null ? 0 : failure.unlisted();
    if (failure != null) {
      problems.addAll(failure.problems());
    }
    List<CheckedFile> checked = new ArrayList<>();
    for (ConfigText text : texts) {
      CheckedFile file = of(text, problems, unlisted);
      unlisted = file.count(Problem.Severity.ERROR) > 0 ? 0 : unlisted;
      checked.add(file);
    }
    return checked;
  }

  private static CheckedFile of(ConfigText text, List<Problem> problems, int unlisted) {
    List<Problem> own =
        problems.stream()
            .filter(problem -> problem.file().equals(text.name()))
            .sorted(IN_FILE_ORDER)
            .toList();
    boolean failed = own.stream().anyMatch(each -> each.severity() == Problem.Severity.ERROR);
    List<String> lines = new String(text.bytes(), StandardCharsets.UTF_8).lines().toList();
    return new CheckedFile(text.name(), lines, own, failed ? unlisted : 0);
  }

  /** Reads and checks a web configuration with the files that it names. */
  static CheckedFile ofWeb(String name) {
    try {
      Path path = Path.of(name);
      WebConfig config = new WebFile(path).check();
      return new CheckedFile(name, linesOf(path), config.warnings(), 0);
    } catch (ConfigException e) {
      return new CheckedFile(name, linesOf(Path.of(name)), e.problems(), e.unlisted());
    } catch (InvalidPathException e) {
      return new CheckedFile(name, List.of(), List.of(error(name, "no file name")), 0);
    }
  }

  private static Problem error(String file, String message) {
    return new Problem(file, 0, 0, "", "", Problem.Severity.ERROR, message, "");
  }

  private static List<String> linesOf(Path path) {
    try {
      return new String(ConfigLoader.read(path), StandardCharsets.UTF_8).lines().toList();
    } catch (ConfigException ignored) {
      return List.of();
    }
  }

  /** How many problems of a severity there are. */
  int count(Problem.Severity severity) {
    int told = (int) problems.stream().filter(p -> p.severity() == severity).count();
    return severity == Problem.Severity.ERROR ? told + unlisted : told;
  }
}
