package io.sonde.net.icmp;

import io.netty.channel.EventLoop;
import io.sonde.probe.ProbeFailure;

/** Opens ICMP sockets. */
interface SocketOpener {
  /**
   * Opens a socket for {@code loop}, where it is not registered yet. May block.
   *
   * @param tag the low byte of the identifiers of all requests; a raw socket hears of replies to no
   *     others
   * @throws ProbeFailure saying what would have to be set
   */
  IcmpSocket open(EventLoop loop, SocketKey key, int tag);
}
