package io.sonde.net.icmp;

/** The two kinds of ICMP sockets that Linux has. */
enum SocketKind {
  /**
   * Unprivileged: for groups within {@code net.ipv4.ping_group_range}. The kernel puts its own
   * identifier into what is sent, and hands over only what answers that; errors come by a queue.
   */
  DATAGRAM,
  /**
   * For processes with CAP_NET_RAW. Sends packets as they are, and hears everything that comes to
   * this machine by ICMP, errors included.
   */
  RAW
}
