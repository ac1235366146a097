package io.sonde.cli;

/** A command cannot do what was asked; the message is one line that says what to do about it. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(String message, int exitCode) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** The command line asks for something that does not exist. */
  static CommandFailure usage(String message) {
    return new CommandFailure(message, Commands.USAGE);
  }

  /** Something that the command needs is broken. */
  static CommandFailure broken(String message) {
    return new CommandFailure(message, Commands.FAILED);
  }

  int exitCode() {
    return exitCode;
  }
}
