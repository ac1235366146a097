package io.sonde.cli;

import io.sonde.config.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line, sorted to the flags they belong to. The grammar and the texts of its
 * errors are those that scripts around blackbox_exporter know.
 */
final class Arguments {
  private static final String TRUE = "true";
  private static final String FALSE = "false";
  private static final int MAX_FILES = 100;

  private final Deque<String> words = new ArrayDeque<>();
  private final Map<Flag, List<String>> given = new EnumMap<>(Flag.class);

  private Arguments(String... args) {
    words.addAll(List.of(args));
  }

  /**
   * Sorts the words.
   *
   * @throws UsageException if one does not fit
   */
  static Arguments parse(String... args) throws UsageException {
    Arguments arguments = new Arguments(args);
    arguments.expandFiles();
    while (!arguments.words.isEmpty()) {
      arguments.take(arguments.words.removeFirst());
    }
    return arguments;
  }

  /** Whether a switch is on. */
  boolean isOn(Flag flag) {
    return TRUE.equals(given.getOrDefault(flag, List.of(FALSE)).get(0));
  }

  /** The values as given; none if the flag is not there. */
  List<String> all(Flag flag) {
    return given.getOrDefault(flag, List.of());
  }

  /** The value, or the flag's default. */
  String value(Flag flag) {
    return values(flag).get(0);
  }

  /** The values, or the flag's default. */
  List<String> values(Flag flag) {
    List<String> values = given.get(flag);
    if (values != null) {
      return values;
    }
    String standard = flag.defaultValue();
    return List.of(standard == null ? "" : standard);
  }

  /** Replaces each {@code @file} by the lines of that file, which may name files in turn. */
  private void expandFiles() throws UsageException {
    List<String> expanded = new ArrayList<>();
    int files = 0;
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      if (!word.startsWith("@") || word.length() == 1) {
        expanded.add(word);
        continue;
      }
      if (++files > MAX_FILES) {
        throw new UsageException("more than " + MAX_FILES + " argument files");
      }
      List<String> lines = read(word.substring(1));
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (!lines.get(i).startsWith("#") && !lines.get(i).isBlank()) {
          words.addFirst(lines.get(i));
        }
      }
    }
    words.addAll(expanded);
  }

  private static List<String> read(String file) throws UsageException {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (NoSuchFileException ignored) {
      throw new UsageException(
          "cannot read arguments: open " + file + ": no such file or directory");
    } catch (IOException e) {
      throw new UsageException("cannot read arguments from " + file + ": " + e.getMessage());
    }
  }

  private void take(String word) throws UsageException {
    if (word.startsWith("--") && word.length() > 2) {
      takeLong(word);
    } else if (word.equals("-h")) {
      set(Flag.HELP, TRUE);
    } else if (word.startsWith("-") && word.length() > 1 && !word.equals("--")) {
      throw new UsageException("unknown short flag '" + word.substring(0, 2) + "'");
    } else if (word.equals("--")) {
      String next = words.peekFirst();
      if (next != null) {
        throw new UsageException("unexpected " + next);
      }
    } else {
      throw new UsageException("unexpected " + word + commandHint(word));
    }
  }

  /** What somebody meant by a word that belongs to no flag; empty if it is like no command. */
  private static String commandHint(String word) {
    if (Commands.NAMES.contains(word)) {
      return ": a command comes first, sonde " + word + ", and its flags after it";
    }
    String near = Suggestions.nearest(word, Commands.NAMES);
    return near == null ? "" : ": did you mean sonde " + near + "?";
  }

  private void takeLong(String word) throws UsageException {
    int equals = word.indexOf('=');
    String name = word.substring(2, equals < 0 ? word.length() : equals);
    String value = equals < 0 ? null : word.substring(equals + 1);
    Flag flag = Flag.of(name.equals("help-long") ? "help" : name);
    if (flag == null && name.startsWith("no-")) {
      Flag negated = Flag.of(name.substring(3));
      if (negated != null && negated.kind() == Flag.Kind.SWITCH) {
        takeSwitch(negated, FALSE, value);
        return;
      }
    }
    if (flag == null) {
      throw new UsageException("unknown long flag '--" + name + "'");
    }
    if (flag.kind() == Flag.Kind.SWITCH) {
      takeSwitch(flag, TRUE, value);
    } else {
      set(flag, value == null ? nextValue(flag) : value);
    }
  }

  private void takeSwitch(Flag flag, String state, @Nullable String value) throws UsageException {
    set(flag, state);
    if (value != null) {
      throw new UsageException("unexpected " + value);
    }
  }

  private String nextValue(Flag flag) throws UsageException {
    String next = words.peekFirst();
    if (next == null || (next.startsWith("-") && next.length() > 1)) {
      throw new UsageException("expected argument for flag '--" + flag.flagName() + "'");
    }
    return words.removeFirst();
  }

  private void set(Flag flag, String value) throws UsageException {
    List<String> values = given.computeIfAbsent(flag, ignored -> new ArrayList<>(1));
    if (!values.isEmpty() && flag.kind() != Flag.Kind.REPEATED) {
      throw new UsageException("flag '" + flag.flagName() + "' cannot be repeated");
    }
    values.add(value);
  }
}
