package io.sonde.probe;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.Locale;

/** How event loops wait for sockets, and which channels go with them. */
public enum Transport {
  /** Linux, through Netty's native library. */
  EPOLL,
  /** The JDK's selectors: everywhere, a little slower. */
  NIO;

  /** The system property that forces one of them; tests use it. */
  static final String PROPERTY = "sonde.transport";

  /**
   * Epoll where its native library loads, else NIO.
   *
   * @throws IllegalArgumentException if the system property {@code sonde.transport} names neither
   */
  public static Transport choose() {
    String forced = System.getProperty(PROPERTY);
    if (forced != null) {
      return switch (forced.toLowerCase(Locale.ROOT)) {
        case "epoll" -> EPOLL;
        case "nio" -> NIO;
        default ->
            throw new IllegalArgumentException(
                "expected epoll or nio as " + PROPERTY + ", got \"" + forced + "\"");
      };
    }
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** Makes the loops' I/O, with a {@link LoopClock} each. */
  public IoHandlerFactory ioHandlerFactory() {
    return ClockedIoHandler.wrap(
        this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** A TCP client connection. */
  public SocketChannel newSocket() {
    return this == EPOLL ? new EpollSocketChannel() : new NioSocketChannel();
  }

  /** A TCP client connection of one address family. */
  public SocketChannel newSocket(SocketProtocolFamily family) {
    return this == EPOLL
        ? new EpollSocketChannel(family)
        : new NioSocketChannel(SelectorProvider.provider(), family);
  }

  /**
   * A unix domain stream socket. Of epoll it connects to a {@link DomainSocketAddress}, else to a
   * {@link UnixDomainSocketAddress}.
   */
  public DuplexChannel newUnixSocket() {
    return this == EPOLL ? new EpollDomainSocketChannel() : new NioDomainSocketChannel();
  }

  /** A UDP socket. */
  public DatagramChannel newDatagram() {
    return this == EPOLL ? new EpollDatagramChannel() : new NioDatagramChannel();
  }

  /** A UDP socket of one address family. */
  public DatagramChannel newDatagram(SocketProtocolFamily family) {
    return this == EPOLL ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
  }

  /** A listening TCP socket. */
  public ServerSocketChannel newServerSocket() {
    return this == EPOLL ? new EpollServerSocketChannel() : new NioServerSocketChannel();
  }

  /** A listening unix domain socket, for {@link #unixAddress}. */
  public ServerChannel newUnixServerSocket() {
    return this == EPOLL
        ? new EpollServerDomainSocketChannel()
        : new NioServerDomainSocketChannel();
  }

  /**
   * A socket that listens already. Only for epoll.
   *
   * @param descriptor its number
   * @param unix whether it is a unix domain socket
   */
  public ServerChannel newInheritedServerSocket(int descriptor, boolean unix) {
    if (this != EPOLL) {
      throw new UnsupportedOperationException("expected epoll");
    }
    return unix
        ? new EpollServerDomainSocketChannel(descriptor)
        : new EpollServerSocketChannel(descriptor);
  }

  /** A path, as the unix domain sockets of this transport want it. */
  public SocketAddress unixAddress(String path) {
    return this == EPOLL ? new DomainSocketAddress(path) : UnixDomainSocketAddress.of(path);
  }

  /** The name in the start-up line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
