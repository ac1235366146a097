package io.sonde.server.guard;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sonde.net.tls.TlsServerContext;
import io.sonde.server.Encryption;
import io.sonde.telemetry.WebStats;
import io.sonde.telemetry.WebStats.HandshakeFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * TLS for whoever connects. Connections that have not got as far as a request are limited in time
 * and number: if there are too many, the oldest goes, as an honest client is done in milliseconds.
 */
final class TlsEncryption implements Encryption {
  /** For a handshake, and for its first byte. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** On one loop; some 20 MB are in them if all are half done. */
  private static final int MOST_AT_ONCE = 512;

  private final Supplier<TlsServerContext> context;
  private final boolean http2;
  private final WebStats stats;
  private final Complaints<HandshakeFailure> complaints;
  private final Map<EventLoop, Doorsteps> doorsteps = new ConcurrentHashMap<>();
  private final Duration limit;
  private final int mostAtOnce;

  TlsEncryption(
      Supplier<TlsServerContext> context,
      boolean http2,
      WebStats stats,
      Complaints<HandshakeFailure> complaints) {
    this(context, http2, stats, complaints, LIMIT, MOST_AT_ONCE);
  }

  TlsEncryption(
      Supplier<TlsServerContext> context,
      boolean http2,
      WebStats stats,
      Complaints<HandshakeFailure> complaints,
      Duration limit,
      int mostAtOnce) {
    this.context = context;
    this.http2 = http2;
    this.stats = stats;
    this.complaints = complaints;
    this.limit = limit;
    this.mostAtOnce = mostAtOnce;
  }

  static Complaints<HandshakeFailure> newComplaints() {
    return new Complaints<>(
        LoggerFactory.getLogger(TlsEncryption.class),
        "TLS handshakes failed",
        HandshakeFailure.class,
        System.nanoTime());
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public boolean http2() {
    return http2;
  }

  @Override
  public void begin(Channel channel, Runnable http1, Runnable http2) {
    Doorsteps all =
        doorsteps.computeIfAbsent(channel.eventLoop(), loop -> new Doorsteps(mostAtOnce));
    Doorstep doorstep = new Doorstep(this, all, http1, http2);
    channel.pipeline().addLast(doorstep);
    Doorstep crowdedOut = all.add(doorstep);
    if (crowdedOut != null) {
      crowdedOut.end(HandshakeFailure.CROWDED);
    }
  }

  TlsServerContext context() {
    return context.get();
  }

  Duration limit() {
    return limit;
  }

  void failed(HandshakeFailure failure, Channel channel) {
    stats.handshakeFailed(failure);
    // Balancers look whether a port is open in just that way.
    if (failure != HandshakeFailure.CLOSED) {
      complaints.add(failure, channel.remoteAddress(), System.nanoTime());
    }
  }
}
