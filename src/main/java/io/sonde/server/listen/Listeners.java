package io.sonde.server.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.probe.Loops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The listening sockets of a server. Not for event loops: they are opened and closed waiting. */
public final class Listeners {
  private static final int BACKLOG = 4096;

  private final Loops loops;
  private final List<ListenAddress> addresses;
  private final List<Channel> channels = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();

  /** Listeners that are not open yet. */
  public Listeners(Loops loops, List<ListenAddress> addresses) {
    this.loops = loops;
    this.addresses = addresses;
  }

  /**
   * Opens every one, or none. Whoever connects waits until {@link #accept}.
   *
   * @param visitors is given each connection
   * @throws IOException if one cannot be opened; the message names its address
   */
  public void open(Visitors visitors) throws IOException {
    for (ListenAddress address : addresses) {
      try {
        channels.add(open(address, visitors));
      } catch (IOException e) {
        close();
        throw new IOException(
            "listen " + address.network() + " " + address.text() + ": " + ConnectErrors.words(e),
            e);
      }
    }
  }

  /** Begins to accept connections. */
  public void accept() {
    channels.forEach(channel -> channel.config().setAutoRead(true));
  }

  /** Where they listen, with the ports that the system chose. */
  public List<SocketAddress> localAddresses() {
    return channels.stream().map(Channel::localAddress).toList();
  }

  /** Where they listen, in words. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      SocketAddress local = channels.get(i).localAddress();
      texts.add(local instanceof InetSocketAddress inet ? text(inet) : addresses.get(i).text());
    }
    return texts;
  }

  /** Closes them, and removes the files that they made. */
  public void close() {
    channels.forEach(channel -> channel.close().awaitUninterruptibly());
    channels.clear();
    files.forEach(UnixSocketFile::remove);
    files.clear();
  }

  private Channel open(ListenAddress address, Visitors visitors) throws IOException {
    if (address instanceof TcpAddress tcp) {
      return opened(bootstrap(tcp, visitors).bind(tcp.resolve()));
    }
    if (address instanceof UnixAddress unix) {
      SocketAddress path = loops.transport().unixAddress(unix.path().toString());
      UnixSocketFile.makeWay(unix.path());
      Channel channel = opened(bootstrap(unix, visitors).bind(path));
      files.add(UnixSocketFile.made(unix.path()));
      return channel;
    }
    return opened(bootstrap(address, visitors).register());
  }

  private ServerBootstrap bootstrap(ListenAddress address, Visitors visitors) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .option(ChannelOption.AUTO_READ, false)
            .handler(new Turnstile(visitors))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    visitors.welcome(channel);
                  }
                });
    boolean unix = address.network().equals("unix");
    if (address instanceof InheritedSocket socket) {
      bootstrap.channelFactory(
          () -> loops.transport().newInheritedServerSocket(socket.descriptor(), unix));
    } else {
      bootstrap.option(ChannelOption.SO_BACKLOG, BACKLOG);
      bootstrap.channelFactory(
          () ->
              unix ? loops.transport().newUnixServerSocket() : loops.transport().newServerSocket());
    }
    if (!unix) {
      bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
      if (address instanceof TcpAddress) {
        bootstrap.option(ChannelOption.SO_REUSEADDR, true);
      }
    }
    return bootstrap;
  }

  private static Channel opened(ChannelFuture opening) throws IOException {
    opening.awaitUninterruptibly();
    if (!opening.isSuccess()) {
      Throwable cause = opening.cause();
      throw cause instanceof IOException e ? e : new IOException(cause);
    }
    opening.channel().pipeline().addLast(new AcceptFailures());
    return opening.channel();
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().isAnyLocalAddress() ? "[::]" : address.getHostString();
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
