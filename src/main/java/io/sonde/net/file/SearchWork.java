package io.sonde.net.file;

import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * The few threads on which bodies, messages and lines are searched that are too large for an event
 * loop. They are not those of {@link BlockingWork}: expressions that keep every one of them busy
 * are no reason for a file not to be read. The queue is bounded, and a search is told when its
 * probe has ended.
 */
public final class SearchWork implements AutoCloseable {
  /** What is larger is not searched on a loop: it may take more than a millisecond. */
  public static final int LARGE_BYTES = 8 << 10;

  private static final int THREADS = 4;
  private static final int QUEUE_CAPACITY = 4_096;

  private final BlockingWork threads;

  /** A search that can be broken off. */
  @FunctionalInterface
  public interface Search<T> {
    /**
     * Searches.
     *
     * @param cancelled whether nobody waits for the result any more: to be asked again and again
     */
    T search(BooleanSupplier cancelled) throws Exception;
  }

  /** Threads of the usual number. */
  public SearchWork() {
    this(THREADS, QUEUE_CAPACITY);
  }

  SearchWork(int threadCount, int queueCapacity) {
    threads = new BlockingWork("sonde-search", threadCount, queueCapacity, SearchWork::tooMany);
  }

  /**
   * Does a search, as {@link BlockingWork#call(ProbeRun, java.util.concurrent.Callable)} does other
   * work: the stage completes on {@code run.loop()}, unless the run has ended before.
   */
  public <T> CompletionStage<T> call(ProbeRun run, Search<T> search) {
    return threads.call(run, search);
  }

  /** How many searches wait for a thread. */
  public int waiting() {
    return threads.waiting();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    threads.close();
  }

  private static ProbeFailure tooMany(int waiting) {
    return new ProbeFailure(
        Phase.CHECK, Reason.INTERNAL, "too many searches wait already (" + waiting + ")");
  }
}
