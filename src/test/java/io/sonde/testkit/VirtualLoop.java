package io.sonde.testkit;

import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An event loop without sockets whose clock stands still until the test moves it. The test's own
 * thread is the loop's thread; nothing runs but what the test tells to run. It holds nothing that
 * must be closed.
 */
public final class VirtualLoop {
  private final MockTicker ticker = Ticker.newMockTicker();
  private final CountingLoop loop = new CountingLoop(ticker);

  /** The loop itself. */
  public EventLoop loop() {
    return loop;
  }

  /** Now, on the loop's clock. */
  public long nanoTime() {
    return ticker.nanoTime();
  }

  /** How many timers are armed. */
  public int timersLeft() {
    return (int) loop.timers.stream().filter(timer -> !timer.isDone()).count();
  }

  /** Moves the clock and runs what has become due. */
  public VirtualLoop advance(Duration by) {
    ticker.advance(by.toNanos(), TimeUnit.NANOSECONDS);
    return settle();
  }

  /** Runs what is due now, and what that brings about, without moving the clock. */
  public VirtualLoop settle() {
    int rounds = 0;
    while (loop.runNow() > 0) {
      if (++rounds > 1_000) {
        throw new AssertionError("expected the loop to come to rest");
      }
    }
    return this;
  }

  /** Lets the loop look at its sockets once, and then work off what it has to do. */
  public VirtualLoop round() {
    loop.runNow();
    return this;
  }

  private static final class CountingLoop extends ManualIoEventLoop {
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();

    CountingLoop(Ticker ticker) {
      super(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      ScheduledFuture<?> timer = super.schedule(command, delay, unit);
      timers.add(timer);
      return timer;
    }
  }
}
