package io.sonde.net.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sonde.net.connect.ReadStamp;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One handshake of one run: listens to the TLS handler below it, tells the run. Stays in the
 * pipeline afterwards, because a server may ask for another handshake.
 */
final class Handshake extends ChannelInboundHandlerAdapter {
  private final ProbeRun run;
  private final TlsContext context;
  private final TlsPeer peer;
  private final PeerScrutiny scrutiny;
  private final SSLEngine engine;
  private final Predicate<Throwable> lesson;
  private final CompletableFuture<TlsSession> result = new CompletableFuture<>();
  private @Nullable Future<?> limitTimer;

  /**
   * A handshake about to begin.
   *
   * @param lesson is told why it failed, and answers whether another connection may fare better
   */
  Handshake(
      ProbeRun run,
      TlsContext context,
      TlsPeer peer,
      SSLEngine engine,
      Predicate<Throwable> lesson) {
    this.run = run;
    this.context = context;
    this.peer = peer;
    this.scrutiny = new PeerScrutiny(run, context, peer);
    this.engine = engine;
    this.lesson = lesson;
  }

  CompletionStage<TlsSession> result() {
    return result;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context.trust().expect(engine, scrutiny);
    Duration limit = peer.limit();
    if (limit != null && limit.toNanos() < run.deadline().remainingNanos()) {
      limitTimer =
          run.loop().schedule(() -> onLimit(ctx, limit), limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    context.trust().forget(engine);
    fail(
        ctx,
        new ProbeFailure(
            peer.phase(), Reason.CLOSED, "the connection closed during the TLS handshake"));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent completion) || result.isDone()) {
      ctx.fireUserEventTriggered(event);
    } else if (completion.isSuccess()) {
      succeed(ctx);
    } else {
      fail(ctx, failure(completion.cause()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (result.isCompletedExceptionally()) {
      return;
    }
    if (result.isDone()) {
      ctx.fireExceptionCaught(cause);
    } else {
      fail(ctx, failure(cause));
    }
  }

  private ProbeFailure failure(Throwable cause) {
    ProbeFailure rejection = scrutiny.rejection();
    return rejection == null
        ? TlsFailures.duringHandshake(peer.phase(), cause, lesson.test(cause))
        : rejection;
  }

  private void succeed(ChannelHandlerContext ctx) {
    cancelLimit();
    // What this side calculated after the peer's last bytes had come says nothing about the peer.
    run.timeline().complete(ReadStamp.of(ctx.channel()).lastReadNanos());
    result.complete(scrutiny.session(engine));
  }

  private void fail(ChannelHandlerContext ctx, ProbeFailure failure) {
    cancelLimit();
    if (scrutiny.hasRejected() && !result.isDone() && !run.settled()) {
      // The peer had done its part: what this side took to reject it is not the peer's time.
      run.timeline().abandon(ReadStamp.of(ctx.channel()).lastReadNanos());
    }
    if (result.completeExceptionally(failure)) {
      ctx.close();
    }
  }

  private void onLimit(ChannelHandlerContext ctx, Duration limit) {
    fail(
        ctx,
        new ProbeFailure(
            peer.phase(),
            Reason.TIMEOUT,
            "the TLS handshake took more than " + limit.toMillis() / 1e3 + " s"));
  }

  private void cancelLimit() {
    if (limitTimer != null) {
      limitTimer.cancel(false);
      limitTimer = null;
    }
  }
}
