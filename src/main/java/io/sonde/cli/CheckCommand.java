package io.sonde.cli;

import io.sonde.config.LoadRules;
import io.sonde.config.PolicyPreset;
import io.sonde.config.Problem;
import io.sonde.config.Problem.Severity;
import io.sonde.config.source.ConfigSource;
import io.sonde.probe.Loops;
import io.sonde.probe.Probers;
import io.sonde.view.Json;
import io.sonde.view.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sonde check}: tells everything that is wrong with configuration files. */
@Command(
    name = "check",
    description = "Checks configuration files and shows every problem in its place.",
    footer = {
      "  sonde check blackbox.yml",
      "  sonde check --strict modules/*.yml        in CI: warnings fail as well",
      "  sonde check --config.file=base.yml --config.file=conf.d     together, as when serving",
      "  sonde check --json blackbox.yml | jq '.[].message'",
      "  sonde check --web.config.file=web.yml     TLS and users of the daemon itself",
      "",
      "Exit code: 0 files load, 1 errors, 2 usage error."
    })
final class CheckCommand implements Callable<Integer> {
  private static final int MAX_BODY_BYTES = 1 << 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Configuration files, each on its own; the files of a folder or of a pattern belong"
              + " together, as those of all --config.file do.")
  private List<String> files = List.of();

  @Mixin private ConfigFlags config = new ConfigFlags();

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description = "The daemon's own TLS and users, with the files that are named there.")
  private @Nullable String webConfigFile;

  @Option(
      names = "--strict",
      description = "Fail on warnings and on modules that cannot work in this version.")
  private boolean strict;

  @Option(
      names = PolicyWord.OPTION,
      paramLabel = "PRESET",
      converter = PolicyWord.class,
      description = "Target policy to check modules against, beside that of each file.")
  private PolicyPreset targetPolicy = PolicyPreset.OFF;

  @Option(names = "--json", description = "The problems as a JSON list.")
  private boolean json;

  private final Screen screen;

  CheckCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    ConfigOptions named = config.options();
    if (files.isEmpty() && named.files().isEmpty() && webConfigFile == null) {
      throw CommandFailure.usage("Missing required parameter: 'FILE'");
    }
    LoadRules rules = named.rules().forCheck();
    List<CheckedFile> checked = new ArrayList<>();
    try (Loops loops = Loops.start(1);
        Probers probers = new Probers(loops, MAX_BODY_BYTES, named.folders(), targetPolicy)) {
      for (String file : files) {
        checked.addAll(CheckedFile.of(ConfigSource.file(file), rules, probers));
      }
      if (!named.files().isEmpty()) {
        checked.addAll(CheckedFile.of(named.source(), rules, probers));
      }
    }
    if (webConfigFile != null) {
      checked.add(CheckedFile.ofWeb(webConfigFile));
    }
    screen.print(json ? list(checked) : text(checked));
    int errors = count(checked, Severity.ERROR);
    int others = count(checked, Severity.WARNING) + count(checked, Severity.UNUSABLE);
    return errors > 0 || (strict && others > 0) ? Commands.FAILED : Commands.OK;
  }

  private String text(List<CheckedFile> checked) {
    StringBuilder text = new StringBuilder();
    for (CheckedFile file : checked) {
      Excerpt excerpt = new Excerpt(screen, file.lines());
      for (Problem problem : file.problems()) {
        append(text, problem);
        text.append(excerpt.at(problem.line(), problem.column()));
        if (!problem.hint().isEmpty()) {
          text.append("         ").append(screen.visible(problem.hint())).append('\n');
        }
      }
      if (file.unlisted() > 0) {
        text.append(screen.visible(file.name())).append(": and ");
        text.append(Units.count(file.unlisted(), "more error")).append('\n');
      }
    }
    return text.append(summary(checked)).append('\n').toString();
  }

  private void append(StringBuilder text, Problem problem) {
    Style style = problem.severity() == Severity.ERROR ? Style.FAILED : Style.WARNING;
    text.append(screen.styled(Style.HEADING, screen.visible(problem.place()))).append(": ");
    text.append(screen.styled(style, label(problem.severity()))).append(": ");
    if (!problem.path().isEmpty()) {
      text.append(screen.visible(problem.path())).append(": ");
    }
    text.append(screen.visible(problem.message())).append('\n');
  }

  private String summary(List<CheckedFile> checked) {
    int errors = count(checked, Severity.ERROR);
    int unusable = count(checked, Severity.UNUSABLE);
    int warnings = count(checked, Severity.WARNING);
    String found =
        errors + unusable + warnings == 0
            ? "no problems"
            : Units.count(errors, "error")
                + ", "
                + Units.count(warnings, "warning")
                + ", "
                + unusable
                + " unusable";
    boolean failed = errors > 0 || (strict && unusable + warnings > 0);
    String verdict =
        failed ? screen.styled(Style.FAILED, "not ok") : screen.styled(Style.PASSED, "ok");
    return Units.count(checked.size(), "file") + " checked: " + found + ": " + verdict;
  }

  private static int count(List<CheckedFile> checked, Severity severity) {
    return checked.stream().mapToInt(file -> file.count(severity)).sum();
  }

  private static String list(List<CheckedFile> checked) {
    List<Object> problems = new ArrayList<>();
    for (CheckedFile file : checked) {
      SecretLines secrets = new SecretLines(file.lines());
      for (Problem problem : file.problems()) {
        int line = problem.line();
        boolean known = line > 0 && line <= file.lines().size();
        problems.add(object(problem, known ? secrets.shown(line - 1) : null));
      }
    }
    return Json.of(problems) + "\n";
  }

  private static Map<String, @Nullable Object> object(Problem problem, @Nullable String source) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("file", problem.file());
    object.put("line", problem.line());
    object.put("column", problem.column());
    object.put("severity", label(problem.severity()));
    object.put("module", problem.module());
    object.put("path", problem.path());
    object.put("message", problem.message());
    object.put("hint", problem.hint());
    object.put("source", source);
    return object;
  }

  private static String label(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
