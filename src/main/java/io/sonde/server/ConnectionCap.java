package io.sonde.server;

import io.sonde.telemetry.ConnectionStats;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections of clients, so that probes find descriptors. Behind the bound a few more
 * are let in, on which anything but probes is answered: whoever looks after the daemon gets
 * through. Beyond those, clients wait until there is room.
 */
final class ConnectionCap {
  private static final Logger logger = LoggerFactory.getLogger(ConnectionCap.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Of the connections allowed, one of so many more is spare. */
  private static final int SPARE_SHARE = 8;

  private static final int LEAST_SPARE = 16;

  private final int most;
  private final int spare;
  private final ConnectionStats stats;
  private final AtomicLong saidAtNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);

  /** The bound that {@code stats} names. */
  ConnectionCap(ConnectionStats stats) {
    this.most = stats.mostConnections();
    this.spare = Math.max(LEAST_SPARE, most / SPARE_SHARE);
    this.stats = stats;
  }

  /**
   * Counts one more connection, which must be told to have closed.
   *
   * @return whether it is one of those allowed; if not it is one too many, and gets one answer,
   *     which is no probe's
   */
  boolean opened() {
    return stats.opened() <= most;
  }

  /** Whether there is room for another, be it to say so. */
  boolean hasRoom() {
    return stats.openConnections() - most < spare;
  }

  void closed() {
    stats.closed();
  }

  /** Counts an idle connection that was closed to make room. */
  void evicted() {
    stats.evicted();
    say();
  }

  /** Counts a connection that was one too many. */
  void refused() {
    stats.refused();
    say();
  }

  int most() {
    return most;
  }

  private void say() {
    long now = System.nanoTime();
    long said = saidAtNanos.get();
    if (now - said >= QUIET_NANOS && saidAtNanos.compareAndSet(said, now)) {
      logger
          .atWarn()
          .addKeyValue("limit", most)
          .addKeyValue("refused", stats.refusedConnections())
          .addKeyValue("closed_while_idle", stats.evictedConnections())
          .log("Too many connections, see --web.max-connections");
    }
  }
}
