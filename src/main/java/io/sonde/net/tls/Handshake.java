package io.sonde.net.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sonde.net.connect.ReadStamp;
import io.sonde.probe.Fact;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One handshake of one run: listens to the TLS handler below it, judges the peer, tells the run.
 * Stays in the pipeline afterwards, because a server may ask for another handshake.
 */
final class Handshake extends ChannelInboundHandlerAdapter implements PeerCheck {
  private final ProbeRun run;
  private final TlsContext context;
  private final TlsPeer peer;
  private final SSLEngine engine;
  private final Predicate<Throwable> lesson;
  private final CompletableFuture<TlsSession> result = new CompletableFuture<>();
  private @Nullable Future<?> limitTimer;
  private @Nullable PeerChain chain;
  private Verification.@Nullable Problem problem;
  private long lastChainExpirySeconds = TlsSession.NOT_VERIFIED;

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
    this.engine = engine;
    this.lesson = lesson;
  }

  CompletionStage<TlsSession> result() {
    return result;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context.trust().expect(engine, this);
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
  public void check(X509Certificate[] sent) throws CertificateException {
    ChainVerifier verifier = context.verifier();
    ChainVerifier.Seen seen = verifier.look(sent);
    chain = seen.chain();
    peer.presented().accept(seen.chain());
    if (peer.phase() == Phase.TLS) {
      run.learn(new Fact.Certificates(peer.hop(), seen.chain().certificates()));
    }
    if (!context.verifies()) {
      return;
    }
    long nowMillis = System.currentTimeMillis();
    Verification verification = verifier.verify(seen, sent);
    problem = verification.problem(seen.chain(), peer.name(), nowMillis);
    if (problem != null) {
      throw new CertificateException(problem.message());
    }
    lastChainExpirySeconds = verification.lastExpirySeconds(nowMillis);
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
    Verification.Problem found = problem;
    return found == null
        ? TlsFailures.duringHandshake(peer.phase(), cause, lesson.test(cause))
        : new ProbeFailure(peer.phase(), found.reason(), found.message());
  }

  private void succeed(ChannelHandlerContext ctx) {
    cancelLimit();
    // What this side calculated after the peer's last bytes had come says nothing about the peer.
    run.timeline().complete(ReadStamp.of(ctx.channel()).lastReadNanos());
    SSLSession session = engine.getSession();
    String chosen = engine.getApplicationProtocol();
    String protocol = chosen == null || chosen.isEmpty() ? null : chosen;
    String version = versionName(session.getProtocol());
    String cipher = session.getCipherSuite();
    if (peer.phase() == Phase.TLS) {
      run.learn(new Fact.Tls(peer.hop(), version, cipher, protocol, context.verifies()));
    }
    result.complete(
        new TlsSession(
            version,
            cipher,
            protocol,
            Objects.requireNonNull(chain, "a handshake succeeded without a certificate"),
            lastChainExpirySeconds));
  }

  private void fail(ChannelHandlerContext ctx, ProbeFailure failure) {
    cancelLimit();
    if (problem != null && !result.isDone() && !run.settled()) {
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

  private static String versionName(String protocol) {
    return switch (protocol) {
      case "TLSv1" -> "TLS 1.0";
      case "TLSv1.1" -> "TLS 1.1";
      case "TLSv1.2" -> "TLS 1.2";
      case "TLSv1.3" -> "TLS 1.3";
      default -> "unknown";
    };
  }
}
