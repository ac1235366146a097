package io.sonde.net.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.sonde.net.policy.Gate;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens TCP connections for runs. A connection belongs to its run from the moment it exists, and
 * the run's deadline is the only clock: there is no connect timeout of its own.
 */
public final class Dialer {
  private static final FastThreadLocal<EpollTcpInfo> TCP_INFO =
      new FastThreadLocal<>() {
        @Override
        protected EpollTcpInfo initialValue() {
          return new EpollTcpInfo();
        }
      };

  private final Function<SocketProtocolFamily, SocketChannel> sockets;
  private final ArrivalTimes arrivals;
  private final DatagramDialer datagrams;

  /** A dialer for loops of {@code transport}. */
  public Dialer(Transport transport) {
    this(transport, transport::newSocket, ArrivalTimes.of(transport));
  }

  Dialer(
      Transport transport,
      Function<SocketProtocolFamily, SocketChannel> sockets,
      ArrivalTimes arrivals) {
    this.sockets = sockets;
    this.arrivals = arrivals;
    this.datagrams = new DatagramDialer(transport::newDatagram, arrivals);
  }

  /** What opens UDP sockets on the same loops. */
  public DatagramDialer datagrams() {
    return datagrams;
  }

  /**
   * Connects to one address, in one attempt. Must be called on {@code run.loop()}, where the stage
   * completes: with a connected channel, or with a {@link ProbeFailure} of phase {@link
   * Phase#CONNECT} that tells address and port. The time goes to {@link Phase#CONNECT} of {@code
   * hop}: completed when the connection stands, abandoned when it fails. An unspecified address
   * means the local host. There is no socket if the target policy of the run objects.
   *
   * @param remote whom to connect to, at an address
   * @param source the local address, or null for the one that the system picks; the local port is
   *     the system's choice
   * @param initializer added to the pipeline
   */
  public CompletionStage<Channel> connect(
      ProbeRun run,
      Remote remote,
      @Nullable InetAddress source,
      int hop,
      ChannelHandler initializer) {
    assert run.loop().inEventLoop();
    run.timeline().enter(Phase.CONNECT, hop, run.nanoTime());
    Attempt attempt = new Attempt(run, remote.socketAddress(), source);
    ProbeFailure objection = objection(run, remote, attempt.remote, source, hop);
    if (objection == null) {
      attempt.begin(initializer);
    } else {
      attempt.fail(objection);
    }
    return attempt.connected;
  }

  private final class Attempt {
    private final ProbeRun run;
    private final InetSocketAddress remote;
    private final @Nullable InetAddress source;
    private final CompletableFuture<Channel> connected = new CompletableFuture<>();
    private long askedNanos;
    private boolean asked;

    Attempt(ProbeRun run, InetSocketAddress remote, @Nullable InetAddress source) {
      this.run = run;
      this.remote = remote;
      this.source = source;
    }

    void begin(ChannelHandler initializer) {
      Channel channel;
      try {
        channel = run.own(open());
      } catch (RuntimeException e) {
        fail(ConnectErrors.failure(e, remote, source));
        return;
      }
      channel.pipeline().addLast(initializer);
      run.loop().register(channel).addListener(registered -> onRegistered(channel, registered));
    }

    private SocketChannel open() {
      SocketChannel channel = sockets.apply(familyOf(remote.getAddress()));
      channel.config().setConnectTimeoutMillis(0);
      // A peer may answer and leave before we have said all: what it said is still to be read.
      channel.config().setAutoClose(false);
      ReadStamp.install(channel, arrivals, run.nanoTime());
      if (source != null) {
        // Lets connections from one source to different peers share a local port. Unknown to NIO.
        channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
      }
      return channel;
    }

    private void onRegistered(Channel channel, Future<?> registered) {
      Throwable cause = registered.cause();
      if (cause != null) {
        channel.close();
        fail(ConnectErrors.failure(cause, remote, source));
        return;
      }
      InetSocketAddress to = reachable(remote);
      InetSocketAddress from = source == null ? null : new InetSocketAddress(source, 0);
      askedNanos = run.nanoTime();
      channel.connect(to, from).addListener(done -> onConnected(channel, done));
      asked = true;
    }

    private void onConnected(Channel channel, Future<?> done) {
      Throwable cause = done.cause();
      if (cause != null) {
        channel.close();
        fail(ConnectErrors.failure(cause, remote, source));
        return;
      }
      if (!run.settled()) {
        run.timeline().complete(connectedNanos(channel));
      }
      connected.complete(channel);
    }

    /**
     * When the connection stood: now if the system said so at once; else the kernel measured how
     * long the peer took, unless it had to ask again.
     */
    private long connectedNanos(Channel channel) {
      if (!asked) {
        return run.nanoTime();
      }
      long eventNanos = run.eventNanos();
      if (channel instanceof EpollSocketChannel socket) {
        EpollTcpInfo info = socket.tcpInfo(TCP_INFO.get());
        long measuredNanos = TimeUnit.MICROSECONDS.toNanos(info.rtt());
        if (info.totalRetrans() == 0 && measuredNanos > 0) {
          return Math.min(eventNanos, askedNanos + measuredNanos);
        }
      }
      return eventNanos;
    }

    private void fail(ProbeFailure failure) {
      if (!run.settled()) {
        run.timeline().abandon(asked ? run.eventNanos() : run.nanoTime());
      }
      connected.completeExceptionally(failure);
    }
  }

  /**
   * The address to give to the system: it takes an unspecified one for the local host. The JDK's
   * sockets would look up this machine's name for that.
   */
  static InetSocketAddress reachable(InetSocketAddress remote) {
    if (!remote.getAddress().isAnyLocalAddress()) {
      return remote;
    }
    try {
      byte[] loopback = isIp4(remote.getAddress()) ? new byte[] {127, 0, 0, 1} : new byte[16];
      loopback[loopback.length - 1] = 1;
      return new InetSocketAddress(InetAddress.getByAddress(loopback), remote.getPort());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Why there must be no connection, or can be none; null if it may be tried, which is noted.
   *
   * @param address that of {@code remote}
   */
  static @Nullable ProbeFailure objection(
      ProbeRun run,
      Remote remote,
      InetSocketAddress address,
      @Nullable InetAddress source,
      int hop) {
    ProbeFailure refusal = Gate.refusal(run, remote, Phase.CONNECT, hop);
    if (refusal != null) {
      return refusal;
    }
    run.learn(new Fact.Address(hop, address));
    return mismatch(address, source);
  }

  /** The failure of a source address that is not of the target's family; null if it is. */
  private static @Nullable ProbeFailure mismatch(
      InetSocketAddress remote, @Nullable InetAddress source) {
    return source == null || isIp4(source) == isIp4(remote.getAddress())
        ? null
        : new ProbeFailure(
            Phase.CONNECT,
            Reason.CONFIG,
            "expected a source address of the family of the target "
                + ConnectErrors.text(remote)
                + ", got "
                + source.getHostAddress());
  }

  static SocketProtocolFamily familyOf(InetAddress address) {
    return isIp4(address) ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
  }

  private static boolean isIp4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
