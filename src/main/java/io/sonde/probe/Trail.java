package io.sonde.probe;

import io.sonde.config.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * What a run noted on its way, as facts: text is made of it only when somebody reads it. Holds
 * strings and numbers only, never an object of the run, so that keeping a trail keeps nothing else
 * alive; bounded in entries and in the length of each string. Never holds a secret. Confined to the
 * run's loop.
 */
public final class Trail {
  /** A run that notes more than this many entries is told so by the last one. */
  static final int MAX_ENTRIES = 500;

  /** Longer strings are cut. */
  static final int MAX_STRING_CHARS = 2_000;

  /** How much an entry matters. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * One note.
   *
   * @param atNanos when, on the loop's clock
   * @param level how much it matters
   * @param message a fixed text
   * @param attributes names and values in turn; values are strings, numbers or booleans
   */
  public record Entry(long atNanos, Level level, String message, List<Object> attributes) {}

  private final ProbeRun run;
  private final List<Entry> entries = new ArrayList<>(12);

  private Redaction secrets = Redaction.NONE;

  Trail(ProbeRun run) {
    this.run = run;
  }

  /**
   * Keeps these secrets, beside the password of the target, out of whatever the run notes or learns
   * from now on, and out of the reason of its failure: peers may repeat them.
   */
  public void conceal(Redaction more) {
    secrets = secrets.and(more);
  }

  /** The text without what is concealed. */
  public String shown(String text) {
    return secrets.hide(text);
  }

  /** What peers may repeat and nobody must see. */
  Redaction secrets() {
    return secrets;
  }

  /** Notes progress. */
  public void debug(String message, Object... attributes) {
    add(Level.DEBUG, message, attributes);
  }

  /** Notes something that a user may want to know although nothing is wrong. */
  public void info(String message, Object... attributes) {
    add(Level.INFO, message, attributes);
  }

  /** Notes something that is wrong but does not end the probe. */
  public void warn(String message, Object... attributes) {
    add(Level.WARN, message, attributes);
  }

  /** Notes a reason for failure. */
  public void error(String message, Object... attributes) {
    add(Level.ERROR, message, attributes);
  }

  /**
   * Notes {@code message} with the reason if {@code stage} fails for one before the run has ended.
   *
   * @return the stage, noted
   */
  public <T> CompletionStage<T> errorIfFailed(String message, CompletionStage<T> stage) {
    return stage.whenComplete(
        (value, error) -> {
          Throwable cause = error instanceof CompletionException ? error.getCause() : error;
          if (cause instanceof ProbeFailure failure && !run.settled()) {
            error(message, "err", failure.failure().message());
          }
        });
  }

  /** A frozen copy, oldest first. */
  List<Entry> freeze() {
    return List.copyOf(entries);
  }

  private void add(Level level, String message, Object... attributes) {
    if (entries.size() > MAX_ENTRIES) {
      return;
    }
    if (entries.size() == MAX_ENTRIES) {
      entries.add(new Entry(run.nanoTime(), Level.WARN, "Further records are left out", List.of()));
      return;
    }
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = plain(attributes[i]);
    }
    entries.add(new Entry(run.nanoTime(), level, message, List.of(attributes)));
  }

  private Object plain(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return cut(secrets.hide(String.valueOf(value)));
  }

  /** The text, or its beginning if it is longer than what is kept of one. */
  public static String cut(String text) {
    return cut(text, MAX_STRING_CHARS);
  }

  /** The same with a limit of its own, in characters. */
  public static String cut(String text, int most) {
    return text.length() <= most
        ? text
        : text.substring(0, most) + Redaction.CUT + text.length() + " characters)";
  }
}
