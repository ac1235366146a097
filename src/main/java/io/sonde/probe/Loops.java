package io.sonde.probe;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that serve scrapes and run probes. A scrape's probe runs on the loop that reads
 * the scrape, so that nothing is handed between threads.
 */
public final class Loops implements AutoCloseable {
  private final Transport transport;
  private final EventLoopGroup group;
  private final LoopThreads threads;
  private final List<EventLoop> all;

  private Loops(Transport transport, EventLoopGroup group, LoopThreads threads) {
    this.transport = transport;
    this.group = group;
    this.threads = threads;
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor executor : group) {
      loops.add((EventLoop) executor);
    }
    this.all = Collections.unmodifiableList(loops);
  }

  /** Starts {@code count} loops on the best transport of this machine. */
  public static Loops start(int count) {
    return start(count, () -> {});
  }

  /**
   * Starts {@code count} loops on the best transport of this machine.
   *
   * @param onDeath called on the thread of a loop that ends although nobody shut the loops down; it
   *     does so when the heap is so full that even the loop's own work cannot be done
   */
  public static Loops start(int count, Runnable onDeath) {
    Transport transport = Transport.choose();
    LoopThreads threads = new LoopThreads(onDeath);
    return new Loops(
        transport, new MeteredLoopGroup(count, threads, transport.ioHandlerFactory()), threads);
  }

  /** How these loops wait for sockets. */
  public Transport transport() {
    return transport;
  }

  /** The loops as Netty's group, for bootstraps. */
  public EventLoopGroup group() {
    return group;
  }

  /** Every loop. */
  public List<EventLoop> all() {
    return all;
  }

  /** How many tasks wait for {@code loop} to run them, timers that are not due left out. */
  public static int pendingTasks(EventLoop loop) {
    return loop instanceof MeteredLoopGroup.Loop metered ? metered.pendingTasks() : 0;
  }

  /** How many sockets {@code loop} looks after: listeners, clients, and those of probes. */
  public static int sockets(EventLoop loop) {
    return loop instanceof MeteredLoopGroup.Loop metered ? metered.sockets() : 0;
  }

  /** The next loop in turn, for work that no loop has a claim on. */
  public EventLoop next() {
    return group.next();
  }

  /** Ends the loops; what is still open on them is closed. */
  public Future<?> shutDown() {
    threads.expectEnd();
    return group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    shutDown().syncUninterruptibly();
  }
}
