package io.sonde.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a command needs of the process that it runs in; tests have surroundings of their own.
 *
 * @param out standard output
 * @param err standard error
 * @param environment the environment variables
 * @param outIsTerminal whether a person reads the output as it comes
 * @param interrupts is given what to do when the user presses Ctrl-C
 */
public record Surroundings(
    OutputStream out,
    OutputStream err,
    Map<String, String> environment,
    boolean outIsTerminal,
    Consumer<Runnable> interrupts) {

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  /** Those of this process. */
  public static Surroundings ofProcess(Consumer<Runnable> interrupts) {
    return new Surroundings(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getenv(),
        standardOutputIsTerminal(),
        interrupts);
  }

  /**
   * The JDK's console would not do: it wants standard input to be a terminal too, and newer
   * releases have one even where nothing is.
   */
  private static boolean standardOutputIsTerminal() {
    try {
      String device = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException ignored) {
      // Not Linux: better no colours than colours in a file.
      return false;
    }
  }
}
