package io.sonde.telemetry;

import io.netty.channel.EventLoop;
import io.prometheus.metrics.core.metrics.Histogram;
import io.sonde.probe.Loops;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late the event loops are: on each loop a task that is due four times a second notes
 * how long after its time it ran. A loop that is late measures its probes late too.
 */
final class LoopLag {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Histogram histogram;

  LoopLag(Histogram histogram) {
    this.histogram = histogram;
  }

  /** Begins to measure all loops, for as long as they live. */
  void measure(Loops loops) {
    loops.all().forEach(this::arm);
  }

  private void arm(EventLoop loop) {
    if (loop.isShuttingDown()) {
      return;
    }
    long dueNanos = loop.ticker().nanoTime() + PERIOD_NANOS;
    loop.schedule(() -> note(loop, dueNanos), PERIOD_NANOS, TimeUnit.NANOSECONDS);
  }

  private void note(EventLoop loop, long dueNanos) {
    histogram.observe(Math.max(0, loop.ticker().nanoTime() - dueNanos) / 1e9);
    arm(loop);
  }
}
