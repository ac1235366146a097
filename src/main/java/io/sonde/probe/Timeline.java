package io.sonde.probe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a probe's time went: a cursor over phases. At most one span is open; entering the next
 * phase completes it, so that no phase can be forgotten. Stamps are given by the handler that saw
 * the event, on the clock of the run's loop. Confined to that loop.
 */
public final class Timeline {
  private final List<Span> spans = new ArrayList<>(8);
  private @Nullable Phase open;
  private int openHop;
  private long openedAtNanos;
  private long lastEndNanos = Long.MIN_VALUE;
  private boolean detour;

  Timeline() {}

  /** Completes the open span, if any, and opens one of {@code phase}. */
  public void enter(Phase phase, int hop, long atNanos) {
    if (detour) {
      return;
    }
    complete(atNanos);
    open = phase;
    openHop = hop;
    // The stamp of an arrival may be older than what was noted while it waited.
    openedAtNanos = Math.max(atNanos, lastEndNanos);
  }

  /** The open span turns out to belong to another phase; it keeps its begin. */
  public void turnInto(Phase phase) {
    if (open != null) {
      open = phase;
    }
  }

  /** Completes the open span; does nothing if there is none. */
  public void complete(long atNanos) {
    if (!detour) {
      close(atNanos, true);
    }
  }

  /** Ends the open span as one that did not reach its goal; does nothing if there is none. */
  public void abandon(long atNanos) {
    if (!detour) {
      close(atNanos, false);
    }
  }

  /**
   * Opens a span that is one until {@link #endDetour}: what is entered and completed meanwhile is
   * about somebody else than the target, such as whoever hands out its credentials.
   */
  public void beginDetour(Phase phase, int hop, long atNanos) {
    enter(phase, hop, atNanos);
    detour = true;
  }

  /** Ends the span that is open, and the detour if there is one. */
  public void endDetour(long atNanos, boolean completed) {
    detour = false;
    close(atNanos, completed);
  }

  /** Whether what happens now is not about the target. */
  boolean onDetour() {
    return detour;
  }

  /** The phase of the open span, or null between spans. */
  public @Nullable Phase open() {
    return open;
  }

  /** The spans that have ended so far, oldest first; a view. */
  public List<Span> spans() {
    return spans;
  }

  /** The sum of all completed spans of {@code phase}, in nanoseconds. */
  public long completedNanos(Phase phase) {
    long sum = 0;
    for (Span span : spans) {
      if (span.phase() == phase && span.completed()) {
        sum += span.nanos();
      }
    }
    return sum;
  }

  private void close(long atNanos, boolean completed) {
    if (open == null) {
      return;
    }
    // A stamp taken when the kernel reported an event may be older than one taken while handling
    // it.
    long endNanos = Math.max(atNanos, openedAtNanos);
    spans.add(new Span(open, openHop, openedAtNanos, endNanos, completed));
    lastEndNanos = endNanos;
    open = null;
  }
}
