package io.sonde.server.guard;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Something that strangers can make happen at any speed, in the log: at most one record in a
 * minute, with how often what happened. Nothing that they sent is in it. Safe for use by many
 * threads.
 */
final class Complaints<E extends Enum<E>> {
  static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger logger;
  private final String message;
  private final Map<E, Long> counts;
  private long nextNanos;
  private @Nullable SocketAddress latest;

  /**
   * Nothing happened so far.
   *
   * @param message the fixed text of the records
   */
  Complaints(Logger logger, String message, Class<E> kinds, long nowNanos) {
    this.logger = logger;
    this.message = message;
    this.counts = new EnumMap<>(kinds);
    this.nextNanos = nowNanos;
  }

  /** Notes that it happened; the first time in a minute a record says so at once. */
  synchronized void add(E kind, @Nullable SocketAddress remote, long nowNanos) {
    counts.merge(kind, 1L, Long::sum);
    latest = remote;
    tell(nowNanos);
  }

  /** Tells what has gathered, if the last record is a minute old. */
  synchronized void tell(long nowNanos) {
    if (counts.isEmpty() || nowNanos < nextNanos) {
      return;
    }
    LoggingEventBuilder record = logger.atWarn();
    for (Map.Entry<E, Long> count : counts.entrySet()) {
      record = record.addKeyValue(count.getKey().name().toLowerCase(Locale.ROOT), count.getValue());
    }
    record.addKeyValue("latest_from", address(latest)).log(message);
    counts.clear();
    nextNanos = nowNanos + INTERVAL_NANOS;
  }

  private static String address(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "local";
  }
}
