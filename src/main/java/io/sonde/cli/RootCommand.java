package io.sonde.cli;

import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code sonde}: what its commands hang on. Without a command it serves, which a parser of its own
 * sees to before this one is loaded; here its flags are known for completion only.
 */
@Command(name = "sonde")
final class RootCommand {
  private RootCommand() {}

  /** The command line with all commands. */
  static CommandLine of(Screen screen, Consumer<Runnable> interrupts) {
    CommandLine root = new CommandLine(new RootCommand());
    CommandSpec spec = root.getCommandSpec();
    for (Flag flag : Flag.values()) {
      OptionSpec.Builder option = OptionSpec.builder("--" + flag.flagName());
      boolean isSwitch = flag.kind() == Flag.Kind.SWITCH;
      option.arity(isSwitch ? "0" : "1").type(isSwitch ? boolean.class : type(flag));
      spec.addOption(option.description(flag.help()).build());
    }
    root.addSubcommand(new ProbeCommand(screen, interrupts));
    root.addSubcommand(new CheckCommand(screen));
    root.addSubcommand(new SchemaCommand(screen));
    root.addSubcommand(new CompletionCommand(screen));
    root.getSubcommands().values().forEach(command -> dress(command.getCommandSpec()));
    return root;
  }

  /** What the help of all commands has in common. */
  private static void dress(CommandSpec spec) {
    spec.usageMessage()
        .sortOptions(false)
        .synopsisHeading("usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .footerHeading("%nExamples:%n");
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this text.").build());
  }

  /** Values of files are completed from the file system. */
  private static Class<?> type(Flag flag) {
    return switch (flag) {
      case CONFIG_FILE, FILES_BELOW, WEB_CONFIG_FILE -> Path.class;
      default -> String.class;
    };
  }
}
