package io.sonde.telemetry;

import io.netty.channel.EventLoop;
import io.sonde.count.DurationBounds;
import io.sonde.count.DurationCounts;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late the event loops are: on each loop a task that is due four times a second counts
 * how long after its time it ran. A loop that is late measures its probes late too. A loop that
 * hangs runs no such task; so it is also known how long the one has been due that did not run yet.
 */
public final class LoopLag {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final DurationBounds BOUNDS =
      DurationBounds.ofSeconds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10);

  /** The task of one loop. */
  private final class Watch implements Runnable {
    private final EventLoop loop;
    private volatile long dueNanos;

    Watch(EventLoop loop) {
      this.loop = loop;
    }

    void arm() {
      if (!loop.isShuttingDown()) {
        dueNanos = loop.ticker().nanoTime() + PERIOD_NANOS;
        loop.schedule(this, PERIOD_NANOS, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void run() {
      lags.add(loop.ticker().nanoTime() - dueNanos);
      arm();
    }

    double lateSeconds() {
      return Math.max(0, loop.ticker().nanoTime() - dueNanos) / 1e9;
    }
  }

  private final DurationCounts lags = new DurationCounts(BOUNDS);
  private final List<Watch> watches;

  private LoopLag(List<EventLoop> loops) {
    watches = loops.stream().map(Watch::new).toList();
  }

  /** Begins to measure these loops, for as long as they live. */
  public static LoopLag measure(List<EventLoop> loops) {
    LoopLag lag = new LoopLag(loops);
    lag.watches.forEach(Watch::arm);
    return lag;
  }

  /** How late the tasks ran. */
  DurationCounts lags() {
    return lags;
  }

  /** How late each loop is at this moment, in seconds, in the order of the loops. */
  double[] lateSeconds() {
    return watches.stream().mapToDouble(Watch::lateSeconds).toArray();
  }
}
