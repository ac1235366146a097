package io.sonde.net.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sonde.net.connect.ConnectErrors;
import io.sonde.net.connect.DatagramDialer;
import io.sonde.net.connect.ReadStamp;
import io.sonde.net.tls.QuicHandshake;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens one QUIC connection for HTTP/3: from a socket to the end of the handshake. As long as
 * nothing was heard of the peer it is in the phase CONNECT; with the first packet that has become
 * TLS, from the beginning, because there is no connecting apart from the handshake. Confined to the
 * run's loop.
 */
final class Http3Dial extends ChannelInboundHandlerAdapter implements QuicPackets.Listener {
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ProbeRun run;
  private final Remote remote;
  private final QuicHandshake handshake;
  private final CompletableFuture<Http3Session> result = new CompletableFuture<>();
  private final long beganNanos;
  private long heardNanos;
  private boolean heard;
  private @Nullable Channel datagrams;
  private @Nullable QuicChannel quic;
  private @Nullable Future<?> limit;

  Http3Dial(ProbeRun run, Remote remote, QuicHandshake handshake) {
    this.run = run;
    this.remote = remote;
    this.handshake = handshake;
    this.beganNanos = run.nanoTime();
    this.heardNanos = beganNanos;
  }

  CompletableFuture<Http3Session> open(DatagramDialer dialer) {
    dialer
        .connect(run, remote, null, handshake.peer().hop(), new QuicPackets(this))
        .whenComplete(
            (channel, error) -> {
              if (channel == null) {
                result.completeExceptionally(error);
              } else {
                begin(channel);
              }
            });
    return result;
  }

  private void begin(Channel channel) {
    if (run.settled()) {
      return;
    }
    datagrams = channel;
    run.onSettle(this::stopWaiting);
    armLimit(SILENCE_NANOS);
    channel.pipeline().addLast(QuicCodec.of(handshake.newEngine(channel.alloc())));
    QuicChannel.newBootstrap(channel)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .handler(new Layers())
        .remoteAddress(remote.socketAddress())
        .connect()
        .addListener(
            done -> {
              Throwable cause = done.cause();
              if (cause != null) {
                fail(broken(cause));
              }
            });
  }

  /** What lies upon QUIC. */
  private final class Layers extends ChannelInitializer<QuicChannel> {
    @Override
    protected void initChannel(QuicChannel channel) {
      quic = channel;
      // A moment later: this may be called from amid the handling of a packet.
      run.onSettle(() -> run.loop().execute(channel::close));
      Http3Settings settings =
          new Http3Settings().maxFieldSectionSize(ResponseDecoder.MAX_HEADER_BYTES);
      channel
          .pipeline()
          .addLast(
              LastPackets.limit(channel),
              new Http3ClientConnectionHandler(
                  null, null, null, new DefaultHttp3SettingsFrame(settings), true),
              Http3Dial.this);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (result.isDone() || run.settled()) {
      return;
    }
    if (event instanceof SslHandshakeCompletionEvent completion) {
      if (completion.isSuccess()) {
        succeed(ctx);
      } else {
        fail(handshake.failure(completion.cause()));
      }
    } else if (event instanceof QuicConnectionCloseEvent close) {
      fail(closed(close));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(broken(new ClosedChannelException()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(broken(cause));
  }

  private ProbeFailure broken(Throwable cause) {
    if (cause instanceof QuicException error) {
      return failure(Reason.PROTOCOL, "the QUIC handshake failed: " + QuicErrors.text(error));
    }
    return cause instanceof ClosedChannelException
        ? failure(Reason.CLOSED, "the connection ended during the QUIC handshake")
        : handshake.failure(cause);
  }

  private void succeed(ChannelHandlerContext ctx) {
    stopWaiting();
    Channel below = datagrams();
    run.timeline().complete(ReadStamp.of(below).lastReadNanos());
    Http3Session session = new Http3Session(run, (QuicChannel) ctx.channel(), below, handshake);
    ctx.pipeline().replace(this, null, session);
    result.complete(session);
  }

  private ProbeFailure closed(QuicConnectionCloseEvent close) {
    int alert = QuicErrors.alert(close);
    if (alert >= 0) {
      return handshake.alert(alert);
    }
    return QuicErrors.isRefusal(close)
        ? failure(Reason.REFUSED, "the peer refused the connection")
        : failure(
            Reason.CLOSED,
            "the peer closed the connection during the QUIC handshake ("
                + QuicErrors.text(close)
                + ')');
  }

  private ProbeFailure failure(Reason reason, String message) {
    return new ProbeFailure(heard ? Phase.TLS : Phase.CONNECT, reason, message);
  }

  private void fail(ProbeFailure failure) {
    ProbeFailure rejection = handshake.rejection();
    ProbeFailure told = rejection == null ? failure : rejection;
    stopWaiting();
    if (rejection != null && !result.isDone() && !run.settled()) {
      // The peer had done its part: what this side took to reject it is not the peer's time.
      run.timeline().abandon(ReadStamp.of(datagrams()).lastReadNanos());
    }
    if (result.completeExceptionally(told)) {
      run.loop().execute(this::close);
    }
  }

  private void close() {
    QuicChannel channel = quic;
    if (channel != null) {
      channel.close();
    }
    if (datagrams != null) {
      datagrams.close();
    }
  }

  @Override
  public void onPacket() {
    heardNanos = run.nanoTime();
    if (!heard) {
      heard = true;
      if (!result.isDone() && !run.settled()) {
        run.timeline().turnInto(Phase.TLS);
      }
    }
  }

  /** Once the peer was heard, errors are QUIC's to overcome: it sends again what is lost. */
  @Override
  public void onSocketError(Throwable cause) {
    if (!heard && !result.isDone() && !run.settled()) {
      fail(ConnectErrors.failure(cause, remote.socketAddress(), null));
    }
  }

  private void armLimit(long nanos) {
    if (nanos < run.deadline().remainingNanos()) {
      limit = run.loop().schedule(this::onLimit, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void onLimit() {
    long now = run.nanoTime();
    long leftNanos = Math.min(heardNanos + SILENCE_NANOS, beganNanos + HANDSHAKE_NANOS) - now;
    if (leftNanos > 0) {
      armLimit(leftNanos);
    } else if (now - beganNanos >= HANDSHAKE_NANOS) {
      fail(failure(Reason.TIMEOUT, "the QUIC handshake took more than 10 s"));
    } else {
      fail(failure(Reason.TIMEOUT, "no packet from the peer for 5 s"));
    }
  }

  private void stopWaiting() {
    if (limit != null) {
      limit.cancel(false);
      limit = null;
    }
  }

  private Channel datagrams() {
    if (datagrams == null) {
      throw new IllegalStateException("expected a socket");
    }
    return datagrams;
  }
}
