package io.sonde.history;

import io.sonde.probe.ProbeRequest;
import io.sonde.probe.ProbeResult;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What past probes found, within a number of results and a number of bytes.
 *
 * <p>The window holds the latest results, and beyond them the latest failures: a failure that a
 * crowd of successes pushes out moves to a second list of the same length. Beyond the window, the
 * last success and the last failure of every target are kept whole, and of each target what its
 * latest results were in a few numbers, while there is room: whole successes go first, then older
 * failures, then last failures, then what is known of targets that were not probed for longest.
 *
 * <p>Thread-safe. Probes end on every loop and none ever waits for another or for a reader: a
 * result is put into a queue, and whoever finds the history free takes in what is queued.
 */
public final class History {
  private final boolean keeps;
  private final Store store;
  private final Queue<ProbeResult> arrivals = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * An empty history. Nothing is kept if either bound is 0.
   *
   * @param limit most results, and most older failures, that the window holds
   * @param maxBytes most bytes that everything kept may take, by a careful estimate
   */
  public History(int limit, long maxBytes) {
    this.keeps = limit > 0 && maxBytes > 0;
    this.store = new Store(limit, maxBytes);
  }

  /** Keeps a result, unless its caller had left: then it says nothing about the target. */
  public void add(ProbeResult result) {
    if (!keeps || result.abandoned()) {
      return;
    }
    arrivals.add(result);
    // Again after the lock is free: what came in between must not stay until the next probe.
    while (!arrivals.isEmpty() && lock.tryLock()) {
      try {
        takeIn();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The result of that number, if it is kept at all; else null. */
  public @Nullable ProbeResult find(long id) {
    return read(kept -> kept.find(id));
  }

  /** The result of that number, if it is within the window; else null. */
  public @Nullable ProbeResult findInWindow(long id) {
    return read(kept -> kept.findInWindow(result -> result.id() == id));
  }

  /**
   * The latest result for a target within the window, or null.
   *
   * @param target decoded, with its password or without
   * @param module the module's name; empty means any
   */
  public @Nullable ProbeResult findNewest(String target, String module) {
    String shown = ProbeRequest.shown(target);
    return read(
        kept ->
            kept.findInWindow(
                result ->
                    result.request().target().equals(shown)
                        && (module.isEmpty() || result.request().module().name().equals(module))));
  }

  /** The window: recent results, then older failures, each newest first. */
  public List<ProbeResult> newestFirst() {
    return read(Store::window);
  }

  /** Everything kept that a query asks for, within and beyond the window, newest first. */
  public Slice search(Query query) {
    List<ProbeResult> all = read(Store::all);
    all.sort(Comparator.comparingLong(ProbeResult::id).reversed());
    return Slice.of(all, query);
  }

  /** What is known of each target, in the order of modules, then targets. */
  public List<TargetState> targets() {
    List<TargetState> states = read(Store::targets);
    states.sort(Comparator.comparing(TargetState::module).thenComparing(TargetState::target));
    return states;
  }

  /**
   * What is known of one target, or null.
   *
   * @param target decoded, with its password or without
   */
  public @Nullable TargetState target(String module, String target) {
    String shown = ProbeRequest.shown(target);
    return read(kept -> kept.target(module, shown));
  }

  /**
   * The latest results of one target in numbers, oldest first; empty if it is not known. They reach
   * back farther than whole results do.
   *
   * @param target decoded, with its password or without
   */
  public List<Point> points(String module, String target) {
    String shown = ProbeRequest.shown(target);
    return read(kept -> kept.points(module, shown));
  }

  /** How much is kept now, and what had to go. */
  public HistorySize size() {
    return read(Store::size);
  }

  private <T extends @Nullable Object> T read(Function<Store, T> reader) {
    lock.lock();
    try {
      takeIn();
      return reader.apply(store);
    } finally {
      lock.unlock();
    }
  }

  private void takeIn() {
    for (ProbeResult next = arrivals.poll(); next != null; next = arrivals.poll()) {
      store.add(next);
    }
  }
}
