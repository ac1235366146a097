package io.sonde.probe.tcp;

import io.sonde.config.Regex;
import io.sonde.net.dialogue.Lines;
import io.sonde.net.file.SearchWork;
import io.sonde.probe.ProbeRun;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a line that matches, each line once. After some kilobytes it lets the loop's other
 * connections have their turn; a long line is searched on another thread.
 */
final class LineSearch {
  /** How much is searched before others have their turn. */
  private static final int TURN_BYTES = 8 << 10;

  /** What a line costs beside its bytes, in bytes. */
  private static final int LINE_COST_BYTES = 32;

  /** What a look led to. */
  enum Sight {
    /** A line matches: see {@link #line} and {@link #offsets}. */
    FOUND,
    /** All lines that have come are searched. */
    NOTHING,
    /** The search goes on by itself. */
    PENDING
  }

  private final ProbeRun run;
  private final SearchWork searches;
  private final Lines lines;
  private final DialogueNotes notes;
  private final Runnable again;
  private final Consumer<Throwable> failed;
  private boolean pending;
  private byte[] line = {};
  private int @Nullable [] offsets;

  /**
   * A search of what comes.
   *
   * @param again called when it is time for another look
   * @param failed told what made searching impossible
   */
  LineSearch(
      ProbeRun run,
      SearchWork searches,
      Lines lines,
      DialogueNotes notes,
      Runnable again,
      Consumer<Throwable> failed) {
    this.run = run;
    this.searches = searches;
    this.lines = lines;
    this.notes = notes;
    this.again = again;
    this.failed = failed;
  }

  /** Searches what has come and was not searched yet. */
  Sight look(Regex expect) {
    if (pending) {
      return Sight.PENDING;
    }
    if (offsets != null) {
      return Sight.FOUND;
    }
    int searched = 0;
    for (byte[] next = lines.next(); next != null; next = lines.next()) {
      line = next;
      notes.read(line);
      if (line.length > SearchWork.LARGE_BYTES) {
        searchElsewhere(expect);
        return Sight.PENDING;
      }
      offsets = expect.locate(line);
      if (offsets != null) {
        return Sight.FOUND;
      }
      searched += line.length + LINE_COST_BYTES;
      if (searched > TURN_BYTES) {
        pending = true;
        run.inTurn(this::resume);
        return Sight.PENDING;
      }
    }
    return Sight.NOTHING;
  }

  /** The line that matches. */
  byte[] line() {
    return line;
  }

  /** Where it matches; the next look is for another line. */
  int[] takeOffsets() {
    int[] found = offsets;
    if (found == null) {
      throw new IllegalStateException("expected a match");
    }
    offsets = null;
    return found;
  }

  private void searchElsewhere(Regex expect) {
    pending = true;
    byte[] searched = line;
    searches
        .call(run, cancelled -> Optional.ofNullable(expect.locate(searched, cancelled)))
        .whenComplete(
            (found, error) -> {
              if (found == null) {
                failed.accept(error);
              } else {
                offsets = found.orElse(null);
                resume();
              }
            });
  }

  private void resume() {
    pending = false;
    if (!run.settled()) {
      again.run();
    }
  }
}
