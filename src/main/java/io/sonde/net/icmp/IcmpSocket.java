package io.sonde.net.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;

/**
 * A socket that ICMP packets are sent and received by, without waiting. Used by one loop once it is
 * registered there.
 */
interface IcmpSocket {
  /** {@link #receive} has handed something over. */
  int RECEIVED = 0;

  /** Of which kind it is. */
  SocketKind kind();

  /**
   * Has the loop watch the socket. Must be called on {@code loop}, once.
   *
   * @param onReady run on the loop while there is something to receive, or to send if that is
   *     {@linkplain #awaitRoom waited for}
   */
  void register(EventLoop loop, Runnable onReady);

  /**
   * Sends a packet.
   *
   * @param ttl hop limit; 0 for the system's
   * @return 0, or the number of the error (errno)
   */
  int send(InetAddress to, int ttl, ByteBuf packet);

  /** Begins or ceases to wait until there is room to send. */
  void awaitRoom(boolean wanted);

  /**
   * Receives one packet or error.
   *
   * @return {@link #RECEIVED}, or the number of the error (errno): EAGAIN if there is nothing
   */
  int receive(IcmpReceiver receiver);

  /** Closes it; nothing is called any more. */
  void close();
}
