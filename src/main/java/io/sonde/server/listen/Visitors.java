package io.sonde.server.listen;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

/** Who is given the connections that listeners accept. */
public interface Visitors {
  /**
   * Learns of a connection that was accepted just now. Called on the event loop of the listener.
   *
   * @return whether another one may come; if not, the next wait in the listener's backlog
   */
  default boolean arrived(Channel connection) {
    return true;
  }

  /**
   * Whether another one may come, asked time and again while none may.
   *
   * @param loop that of the listener, on which this is called
   */
  default boolean hasRoom(EventLoop loop) {
    return true;
  }

  /** Takes a connection. Called on its event loop, its pipeline empty. */
  void welcome(Channel connection);
}
