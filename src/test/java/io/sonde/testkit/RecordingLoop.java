package io.sonde.testkit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import io.sonde.probe.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop on real sockets that remembers every channel and every timer it was given, and that
 * hands all of them one counting allocator: what is still open, armed or allocated can be named at
 * any time, without waiting for the garbage collector.
 */
public final class RecordingLoop extends SingleThreadIoEventLoop {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final Queue<ScheduledFuture<?>> timers = new ConcurrentLinkedQueue<>();

  /** A loop on the transport that Sonde would choose. */
  public RecordingLoop(Transport transport) {
    super(null, new DefaultThreadFactory("recording-loop", true), transport.ioHandlerFactory());
  }

  /** What buffers on this loop are made by. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  /** The channels that are open now. */
  public List<Channel> openChannels() {
    return channels.stream().filter(Channel::isOpen).toList();
  }

  /** How many channels were ever registered. */
  public int channelsSoFar() {
    return channels.size();
  }

  /** How many timers were ever armed. */
  public int timersSoFar() {
    return timers.size();
  }

  /**
   * What is left over: open channels, armed timers, allocated bytes. Gives what is being closed the
   * time to close, and answers at once if there is nothing.
   */
  public List<String> leftovers() {
    awaitTrue(() -> leftoversNow().isEmpty());
    return leftoversNow();
  }

  /** Waits, patiently but not for ever, until {@code condition} holds on this loop. */
  public boolean awaitTrue(BooleanSupplier condition) {
    long giveUpAt = Threads.giveUpAt() - TimeUnit.SECONDS.toNanos(Threads.PATIENCE_SECONDS / 2);
    while (System.nanoTime() < giveUpAt) {
      if (submit(condition::getAsBoolean).syncUninterruptibly().getNow()) {
        return true;
      }
      super.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
    return false;
  }

  private List<String> leftoversNow() {
    List<String> left = new ArrayList<>();
    for (Channel channel : openChannels()) {
      left.add("open channel " + channel + " with handlers " + channel.pipeline().names());
    }
    for (ScheduledFuture<?> timer : timers) {
      if (!timer.isDone()) {
        left.add("armed timer " + timer);
      }
    }
    long bytes = allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    if (bytes != 0) {
      left.add(bytes + " bytes in buffers that nobody released");
    }
    return left;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    remember(channel);
    return super.register(channel);
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    remember(promise.channel());
    return super.register(promise);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return remember(super.schedule(command, delay, unit));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return remember(super.schedule(callable, delay, unit));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return remember(super.scheduleAtFixedRate(command, initialDelay, period, unit));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return remember(super.scheduleWithFixedDelay(command, initialDelay, delay, unit));
  }

  private void remember(Channel channel) {
    channel.config().setAllocator(allocator);
    channels.add(channel);
  }

  private <F extends ScheduledFuture<?>> F remember(F timer) {
    timers.add(timer);
    return timer;
  }
}
