package io.sonde.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Runs commands for tests, and keeps what they write. */
final class Terminal {
  private final Map<String, String> environment = new HashMap<>(Map.of("LANG", "C.UTF-8"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private boolean interactive;
  private Runnable interrupt = () -> {};

  static Terminal plain() {
    return new Terminal();
  }

  /** Sets a variable of the environment. */
  Terminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Makes the output one that a person reads. */
  Terminal interactive() {
    interactive = true;
    return this;
  }

  Screen screen() {
    return Screen.of(surroundings());
  }

  /** Runs a command line, its words separated by spaces; returns the exit code. */
  int runs(String words) {
    return runs(Arrays.stream(words.split(" ")).toArray(String[]::new));
  }

  int runs(String... words) {
    out.reset();
    err.reset();
    return Commands.run(surroundings(), words);
  }

  /** Presses Ctrl-C. */
  void interrupts() {
    interrupt.run();
  }

  String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Surroundings surroundings() {
    return new Surroundings(out, err, environment, interactive, action -> interrupt = action);
  }
}
