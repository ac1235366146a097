package io.sonde.server;

import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Who waits for the answer of an exchange: all that it needs of its connection. */
interface Caller {
  /** The loop that the exchange happens on. Everything else is called on it alone. */
  EventLoop loop();

  /** What answers are made with on that loop. */
  LoopState loopState();

  /** Where the request came from; null if that is no longer known. */
  @Nullable SocketAddress remoteAddress();

  /** Whether somebody still waits for the answer. */
  boolean awaits(Exchange exchange);

  /**
   * Sends the answer, whose body is copied at once. Does nothing if the request was answered
   * already or the caller has left.
   */
  void respond(Exchange exchange, ResponseHead head, byte[] body, int length);
}
