package io.sonde.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sonde completion}: a script that teaches a shell the commands and flags. */
@Command(
    name = "completion",
    description = "Prints a script that lets the shell complete commands and flags.",
    footer = {
      "  source <(sonde completion bash)                              this shell only",
      "  sonde completion bash > /etc/bash_completion.d/sonde         every bash",
      "  echo 'source <(sonde completion zsh)' >> ~/.zshrc            every zsh"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells for which there is a script. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
  private @Nullable Shell shell;

  @Spec private @Nullable CommandSpec spec;

  private final Screen screen;

  CompletionCommand(Screen screen) {
    this.screen = screen;
  }

  /** Both shells take the same script: it switches on what zsh has for scripts of bash. */
  @Override
  public Integer call() {
    if (spec != null && shell != null) {
      screen.print("# Lets " + shell + " complete the commands and flags of sonde.\n");
      screen.print(AutoComplete.bash("sonde", spec.root().commandLine()));
    }
    return Commands.OK;
  }
}
