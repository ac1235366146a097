package io.sonde.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.sonde.config.TargetScheme;
import io.sonde.net.connect.Dialer;
import io.sonde.net.connect.ReadStamp;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Prober;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import io.sonde.probe.Transport;
import io.sonde.probe.Verdict;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The smallest prober that uses TLS: connects to the port that is its target, does a handshake,
 * and, if told to, reads the peer's first words.
 */
final class HandshakeProber implements Prober {
  private final TlsMaterial material;
  private final String name;
  private final Dialer dialer;
  private UnaryOperator<TlsPeer> settings = UnaryOperator.identity();
  private boolean reading;
  private volatile @Nullable TlsSession session;
  private volatile long lastReadNanos;
  private volatile String heard = "";

  HandshakeProber(Transport transport, TlsMaterial material, String name) {
    this.material = material;
    this.name = name;
    this.dialer = new Dialer(transport);
  }

  HandshakeProber with(UnaryOperator<TlsPeer> change) {
    settings = change;
    return this;
  }

  HandshakeProber reading() {
    reading = true;
    return this;
  }

  /** The session of the last probe that had one. */
  TlsSession session() {
    return Objects.requireNonNull(session, "no handshake succeeded");
  }

  /** When the last bytes of the last handshake came, on the loop's clock. */
  long lastReadNanos() {
    return lastReadNanos;
  }

  /** What the peer said in the last probe. */
  String heard() {
    return heard;
  }

  @Override
  public CompletionStage<Verdict> probe(ProbeRun run) {
    Remote remote =
        new Remote(
            TargetScheme.TLS,
            "",
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(run.request().target()));
    TlsPeer peer =
        settings.apply(
            TlsPeer.target(name, chain -> TlsMetrics.HTTP.presented(run.samples(), chain)));
    return material
        .current(run)
        .thenCompose(context -> TlsClient.insisting(() -> attempt(run, remote, context, peer)));
  }

  private CompletionStage<Verdict> attempt(
      ProbeRun run, Remote remote, TlsContext context, TlsPeer peer) {
    return dialer
        .connect(run, remote, null, 0, new ChannelHandlerAdapter() {})
        .thenCompose(
            channel ->
                TlsClient.handshake(run, channel, context, peer)
                    .thenCompose(done -> proceed(run, channel, done)));
  }

  private CompletionStage<Verdict> proceed(ProbeRun run, Channel channel, TlsSession done) {
    session = done;
    lastReadNanos = ReadStamp.of(channel).lastReadNanos();
    TlsMetrics.HTTP.established(run.samples(), done);
    if (!reading) {
      return CompletableFuture.completedFuture(Verdict.PASSED);
    }
    run.timeline().enter(Phase.PROCESSING, 0, run.nanoTime());
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    channel.pipeline().addLast(new Reader(verdict));
    return verdict;
  }

  private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<Verdict> verdict;

    Reader(CompletableFuture<Verdict> verdict) {
      this.verdict = verdict;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
      heard = message.toString(StandardCharsets.US_ASCII);
      verdict.complete(Verdict.PASSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ProbeFailure failure = TlsFailures.established(Phase.PROCESSING, cause);
      verdict.completeExceptionally(failure == null ? cause : failure);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      verdict.completeExceptionally(
          new ProbeFailure(Phase.PROCESSING, Reason.CLOSED, "the peer closed the connection"));
    }
  }
}
