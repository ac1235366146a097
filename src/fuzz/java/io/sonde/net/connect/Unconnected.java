package io.sonde.net.connect;

import io.netty.channel.embedded.EmbeddedChannel;

/** Channels without a socket, as a {@link Dialer} would have opened them. */
public final class Unconnected {
  private static final ArrivalTimes ARRIVALS = ArrivalTimes.unknown();

  private Unconnected() {}

  /** A channel that stands. */
  public static EmbeddedChannel channel() {
    EmbeddedChannel channel = new EmbeddedChannel();
    ReadStamp.install(channel, ARRIVALS, channel.eventLoop().ticker().nanoTime());
    return channel;
  }
}
