package io.sonde.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Ticker;

/**
 * Knows when the event happened that a loop is handling now. A loop learns of ready sockets in
 * batches and handles them one after the other; whoever looks at the clock in the middle of that
 * bills the last socket for the handling of all before it. So the moment counts at which the system
 * handed over the batch. Confined to its loop.
 */
public final class LoopClock {
  private static final FastThreadLocal<LoopClock> CURRENT = new FastThreadLocal<>();

  private final Ticker ticker;
  private long batchNanos;
  private boolean handlingBatch;

  LoopClock(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * When the event happened that {@code loop} is handling, on the loop's clock: now, if it is no
   * event of a socket but a task or a timer. Must be called on {@code loop}.
   */
  public static long eventNanos(EventLoop loop) {
    LoopClock clock = CURRENT.getIfExists();
    return clock != null && clock.handlingBatch ? clock.batchNanos : loop.ticker().nanoTime();
  }

  /** Makes this the clock of the loop that runs on this thread. */
  void adopt() {
    CURRENT.set(this);
  }

  /** The loop was given a batch of events, maybe an empty one. */
  void batchBegins() {
    batchNanos = ticker.nanoTime();
    handlingBatch = true;
  }

  /** The batch is done. */
  void batchEnds() {
    handlingBatch = false;
  }
}
