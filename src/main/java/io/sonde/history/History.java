package io.sonde.history;

import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest results, and beyond them the latest failures: a failure that a crowd of successes
 * pushes out moves to a second list of the same length. Thread-safe; probes end on every loop.
 */
public final class History {
  private final int limit;
  private final Deque<ProbeResult> recent = new ArrayDeque<>();
  private final Deque<ProbeResult> failures = new ArrayDeque<>();

  /**
   * An empty history.
   *
   * @param limit most results, and most older failures, that are kept; 0 keeps nothing
   */
  public History(int limit) {
    this.limit = limit;
  }

  /** Stores a result. */
  public synchronized void add(ProbeResult result) {
    if (limit == 0) {
      return;
    }
    recent.addLast(result);
    if (recent.size() <= limit) {
      return;
    }
    ProbeResult oldest = recent.removeFirst();
    if (!oldest.verdict().success()) {
      failures.addLast(oldest);
      if (failures.size() > limit) {
        failures.removeFirst();
      }
    }
  }

  /** The result of that number, or null. */
  public @Nullable ProbeResult find(long id) {
    return newest(result -> result.id() == id);
  }

  /**
   * The latest result for a target, or null.
   *
   * @param target decoded, with its password or without
   * @param module the module's name; empty means any
   */
  public @Nullable ProbeResult findNewest(String target, String module) {
    String shown = ProbeRequest.shown(target);
    return newest(
        result ->
            result.request().target().equals(shown)
                && (module.isEmpty() || result.request().module().name().equals(module)));
  }

  /** Everything that is kept: recent results, then older failures, each newest first. */
  public synchronized List<ProbeResult> newestFirst() {
    List<ProbeResult> all = new ArrayList<>(recent.size() + failures.size());
    recent.descendingIterator().forEachRemaining(all::add);
    failures.descendingIterator().forEachRemaining(all::add);
    return all;
  }

  /** How many results are kept. */
  public synchronized int size() {
    return recent.size() + failures.size();
  }

  private synchronized @Nullable ProbeResult newest(Predicate<ProbeResult> wanted) {
    ProbeResult found = newest(recent.descendingIterator(), wanted);
    return found != null ? found : newest(failures.descendingIterator(), wanted);
  }

  private static @Nullable ProbeResult newest(
      Iterator<ProbeResult> results, Predicate<ProbeResult> wanted) {
    while (results.hasNext()) {
      ProbeResult result = results.next();
      if (wanted.test(result)) {
        return result;
      }
    }
    return null;
  }
}
