package io.sonde.net.file;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sonde.net.file.SearchWork.Search;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The few threads on which work may block: reading files, opening sockets. Event loops hand such
 * work over and get its result back on the loop. The queue is bounded, so that a file system that
 * hangs costs the probes that need it, not the memory of the daemon. Threads are started when there
 * is work and end when there is none.
 */
public final class BlockingWork implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int QUEUE_CAPACITY = 4_096;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final IntFunction<ProbeFailure> tooMuch;

  /** A pool of the usual size. */
  public BlockingWork() {
    this(THREADS, QUEUE_CAPACITY);
  }

  BlockingWork(int threadCount, int queueCapacity) {
    this("sonde-blocking", threadCount, queueCapacity, BlockingWork::tooMuch);
  }

  /**
   * A pool for one kind of work.
   *
   * @param tooMuch what is said when so many pieces of work wait that there is no room for more
   */
  BlockingWork(String name, int threadCount, int queueCapacity, IntFunction<ProbeFailure> tooMuch) {
    this.tooMuch = tooMuch;
    threads =
        new ThreadPoolExecutor(
            threadCount,
            threadCount,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            new DefaultThreadFactory(name, true));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does {@code work} on a thread that may block. The stage completes on {@code run.loop()}: with
   * the result, with what the work threw, or, if too much work is waiting already, with a {@link
   * ProbeFailure}. Work that has not begun when the run ends is dropped, and its stage then never
   * completes; neither does it with a result that comes after the end of the run.
   */
  public <T> CompletionStage<T> call(ProbeRun run, Callable<T> work) {
    return call(run, cancelled -> work.call());
  }

  <T> CompletionStage<T> call(ProbeRun run, Search<T> work) {
    Task<T> task = new Task<>(run.loop(), work);
    if (submit(task)) {
      run.onSettle(() -> drop(task));
    }
    return task.result;
  }

  /** Like {@link #call(ProbeRun, Callable)}, for work that more than one run waits for. */
  public <T> CompletionStage<T> call(EventLoop loop, Callable<T> work) {
    Task<T> task = new Task<>(loop, cancelled -> work.call());
    submit(task);
    return task.result;
  }

  /**
   * Begins work that nobody has to wait for; the future, which a thread of this pool completes,
   * tells when it is over or that there was no room for it.
   */
  public CompletableFuture<Void> begin(Runnable work) {
    try {
      return CompletableFuture.runAsync(work, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** How many pieces of work wait for a thread. */
  public int waiting() {
    return threads.getQueue().size();
  }

  /** Ends the threads; work that has begun is interrupted, work that waits is dropped. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private boolean submit(Task<?> task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException ignored) {
      task.result.completeExceptionally(tooMuch.apply(waiting()));
      return false;
    }
  }

  private static ProbeFailure tooMuch(int waiting) {
    return new ProbeFailure(
        Phase.SETUP,
        Reason.INTERNAL,
        "too much work waits for files already (" + waiting + " pieces): does a file system hang?");
  }

  private void drop(Task<?> task) {
    task.cancelled = true;
    if (task.work != null) {
      threads.remove(task);
    }
  }

  private static final class Task<T> implements Runnable {
    private final EventLoop loop;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Null once it has begun: the run keeps the task, which need not keep what it worked on. */
    private volatile @Nullable Search<T> work;

    private volatile boolean cancelled;

    Task(EventLoop loop, Search<T> work) {
      this.loop = loop;
      this.work = work;
    }

    @Override
    public void run() {
      Search<T> begun = work;
      work = null;
      if (begun == null) {
        return;
      }
      try {
        T value = begun.search(() -> cancelled);
        deliver(() -> result.complete(value));
      } catch (Throwable e) {
        deliver(() -> result.completeExceptionally(e));
      }
    }

    private void deliver(Runnable completion) {
      try {
        loop.execute(
            () -> {
              if (!cancelled) {
                completion.run();
              }
            });
      } catch (RejectedExecutionException ignored) {
        // The loop has ended, and with it everyone who waited.
      }
    }
  }
}
