package io.sonde.server.listen;

/** Where the daemon listens. */
public sealed interface ListenAddress permits TcpAddress, UnixAddress, InheritedSocket {
  /** What an address of a unix domain socket begins with. */
  String UNIX = "unix:";

  /**
   * Reads an address: {@code host:port}, {@code [v6]:port}, {@code :port} for all interfaces and
   * both families, or {@code unix:///path}.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static ListenAddress parse(String text) {
    return text.startsWith(UNIX) ? UnixAddress.parse(text) : TcpAddress.parse(text);
  }

  /** As written. */
  String text();

  /** What the system calls such a socket, for messages. */
  String network();
}
