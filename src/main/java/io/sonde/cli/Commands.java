package io.sonde.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The commands that do something else than serve. */
public final class Commands {
  /** What was asked for is done, and all is well. */
  static final int OK = 0;

  /** The probe failed, the file has errors, or something that is needed is broken. */
  static final int FAILED = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** The user ended a probe; what shells say of a program that ends so. */
  static final int INTERRUPTED = 130;

  static final Set<String> NAMES = Set.of("probe", "check", "schema", "completion");

  /** Narrower help is not readable, and picocli refuses it. */
  private static final int LEAST_HELP_WIDTH = 60;

  private static final int MOST_HELP_WIDTH = 100;

  private Commands() {}

  /** Whether a command line asks for one of these commands. */
  public static boolean areAskedFor(String... args) {
    return args.length > 0 && NAMES.contains(args[0]);
  }

  /** Runs a command to its end; returns the exit code of the process. */
  public static int run(Surroundings surroundings, String... args) {
    Screen screen = Screen.of(surroundings);
    CommandLine commands = RootCommand.of(screen, surroundings.interrupts());
    commands.setExpandAtFiles(false);
    commands.setColorScheme(Help.defaultColorScheme(screen.colour() ? Ansi.ON : Ansi.OFF));
    commands.setUsageHelpWidth(
        Math.max(LEAST_HELP_WIDTH, Math.min(MOST_HELP_WIDTH, screen.width())));
    commands.setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8));
    commands.setParameterExceptionHandler((e, ignored) -> misused(screen, e));
    commands.setExecutionExceptionHandler((e, command, ignored) -> failed(screen, command, e));
    return commands.execute(args);
  }

  private static int misused(Screen screen, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    tell(screen, command, e.getMessage() + "; try " + command + " --help");
    return USAGE;
  }

  private static int failed(Screen screen, CommandLine command, Exception e) throws Exception {
    if (e instanceof CommandFailure failure) {
      tell(screen, command.getCommandSpec().qualifiedName(), String.valueOf(e.getMessage()));
      return failure.exitCode();
    }
    throw e;
  }

  private static void tell(Screen screen, String command, String message) {
    screen.err().println(command + ": error: " + screen.visible(message));
    screen.err().flush();
  }
}
