package io.sonde.probe;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.netty.util.concurrent.Ticker;

/**
 * Netty's I/O with a {@link LoopClock}. Netty's handlers ask their context whether to report their
 * active time just once between waiting for events and handling them, on every transport; that is
 * the moment that the clock needs. A test of the clock fails if a release of Netty asks elsewhere.
 */
final class ClockedIoHandler implements IoHandler {
  private final IoHandler io;
  private final LoopClock clock;
  private final Context context = new Context();

  private ClockedIoHandler(IoHandler io, LoopClock clock) {
    this.io = io;
    this.clock = clock;
  }

  /** The same I/O, with a clock. */
  static IoHandlerFactory wrap(IoHandlerFactory factory) {
    return new IoHandlerFactory() {
      @Override
      public IoHandler newHandler(ThreadAwareExecutor executor) {
        Ticker ticker =
            executor instanceof EventExecutor loop ? loop.ticker() : Ticker.systemTicker();
        return new ClockedIoHandler(factory.newHandler(executor), new LoopClock(ticker));
      }

      @Override
      public boolean isChangingThreadSupported() {
        return false;
      }
    };
  }

  @Override
  public void initialize() {
    clock.adopt();
    io.initialize();
  }

  @Override
  public int run(IoHandlerContext loop) {
    context.loop = loop;
    try {
      return io.run(context);
    } finally {
      clock.batchEnds();
    }
  }

  @Override
  public void prepareToDestroy() {
    io.prepareToDestroy();
  }

  @Override
  public void destroy() {
    io.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return io.register(handle);
  }

  @Override
  public void wakeup() {
    io.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return io.isCompatible(handleType);
  }

  private final class Context implements IoHandlerContext {
    private IoHandlerContext loop = this;

    @Override
    public boolean canBlock() {
      return loop.canBlock();
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return loop.delayNanos(currentTimeNanos);
    }

    @Override
    public long deadlineNanos() {
      return loop.deadlineNanos();
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      clock.batchBegins();
      return loop.shouldReportActiveIoTime();
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      loop.reportActiveIoTime(activeNanos);
    }
  }
}
