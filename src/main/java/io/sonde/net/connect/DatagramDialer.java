package io.sonde.net.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Future;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Remote;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens UDP sockets that know one peer. Because such a socket is connected, the system tells it
 * when nobody listens there, and lets through nothing from anybody else.
 */
public final class DatagramDialer {
  /** No packet is longer that a path over Ethernet carries; what is, is cut. */
  public static final int LONGEST_PACKET_BYTES = 2_048;

  private static final int READS_IN_A_ROW = 16;
  private static final RecvByteBufAllocator READ_SIZES =
      new FixedRecvByteBufAllocator(LONGEST_PACKET_BYTES).maxMessagesPerRead(READS_IN_A_ROW);

  private final Function<SocketProtocolFamily, ? extends Channel> sockets;
  private final ArrivalTimes arrivals;

  DatagramDialer(Function<SocketProtocolFamily, ? extends Channel> sockets, ArrivalTimes arrivals) {
    this.sockets = sockets;
    this.arrivals = arrivals;
  }

  /**
   * Opens a socket for {@code to}; nothing is sent yet. Must be called on {@code run.loop()}, where
   * the stage completes: with the channel, or with a {@link ProbeFailure} of phase {@link
   * Phase#CONNECT}. The run's timeline enters that phase and, if there is a socket, stays in it:
   * whether there is a peer will show. {@link ReadStamp} knows when each packet came.
   *
   * <p>The socket is closed right after the run has settled, not before whoever uses it has had a
   * chance to say goodbye in a task of its own. There is none if the target policy of the run
   * objects.
   *
   * @param to whom to send packets, at an address
   * @param source the local address, or null for the one that the system picks
   * @param hop which request of a chain of redirects, from 0
   * @param initializer added to the pipeline
   */
  public CompletionStage<Channel> connect(
      ProbeRun run, Remote to, @Nullable InetAddress source, int hop, ChannelHandler initializer) {
    assert run.loop().inEventLoop();
    run.timeline().enter(Phase.CONNECT, hop, run.nanoTime());
    CompletableFuture<Channel> result = new CompletableFuture<>();
    InetSocketAddress remote = to.socketAddress();
    ProbeFailure objection = Dialer.objection(run, to, remote, source, hop);
    if (objection != null) {
      fail(run, result, objection);
      return result;
    }
    Channel channel;
    try {
      channel = sockets.apply(Dialer.familyOf(remote.getAddress()));
    } catch (RuntimeException e) {
      fail(run, result, ConnectErrors.failure(e, remote, source));
      return result;
    }
    run.onSettle(() -> run.loop().execute(channel::close));
    ReadStamp.install(channel, READ_SIZES, arrivals, run.nanoTime());
    channel.pipeline().addLast(initializer);
    run.loop()
        .register(channel)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                InetSocketAddress from = source == null ? null : new InetSocketAddress(source, 0);
                channel
                    .connect(Dialer.reachable(remote), from)
                    .addListener(done -> onConnected(run, remote, source, result, channel, done));
              } else {
                onConnected(run, remote, source, result, channel, registered);
              }
            });
    return result;
  }

  private static void onConnected(
      ProbeRun run,
      InetSocketAddress remote,
      @Nullable InetAddress source,
      CompletableFuture<Channel> result,
      Channel channel,
      Future<?> done) {
    Throwable cause = done.cause();
    if (cause == null) {
      result.complete(channel);
    } else {
      channel.close();
      fail(run, result, ConnectErrors.failure(cause, remote, source));
    }
  }

  private static void fail(ProbeRun run, CompletableFuture<?> result, ProbeFailure failure) {
    if (!run.settled()) {
      run.timeline().abandon(run.nanoTime());
    }
    result.completeExceptionally(failure);
  }
}
