package io.sonde.telemetry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What is counted about the connections of the daemon's own clients. */
public final class ConnectionStats {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final LongAdder evicted = new LongAdder();

  /**
   * Nothing counted yet.
   *
   * @param most how many connections there may be at once
   */
  public ConnectionStats(int most) {
    this.most = most;
  }

  /** Connections that there may be at once. */
  public int mostConnections() {
    return most;
  }

  /** Counts a connection, and tells how many there are. */
  public int opened() {
    return open.incrementAndGet();
  }

  /** Counts the end of a connection. */
  public void closed() {
    open.decrementAndGet();
  }

  /** Counts a connection that there was no room for. */
  public void refused() {
    refused.increment();
  }

  /** Counts an idle connection that was closed to make room for another. */
  public void evicted() {
    evicted.increment();
  }

  /** Connections that are open. */
  public int openConnections() {
    return open.get();
  }

  /** Connections that there was no room for, so far. */
  public long refusedConnections() {
    return refused.sum();
  }

  /** Idle connections that were closed to make room, so far. */
  public long evictedConnections() {
    return evicted.sum();
  }
}
