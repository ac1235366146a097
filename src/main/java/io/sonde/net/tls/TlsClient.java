package io.sonde.net.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.sonde.net.connect.Dialer;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts TLS on an open connection. */
public final class TlsClient {
  private TlsClient() {}

  /**
   * Makes a connection with TLS, and makes another one if the first handshake failed in a way that
   * is worth it: it was BoringSSL's, with a peer that other clients may reach, and the next one
   * will be the JDK's.
   *
   * @param attempt dials, and does a handshake by {@link #handshake}; not its first words after it
   */
  public static <T> CompletionStage<T> insisting(Supplier<? extends CompletionStage<T>> attempt) {
    return attempt
        .get()
        .exceptionallyCompose(
            error ->
                TlsFailures.isWorthRepeating(error)
                    ? attempt.get()
                    : CompletableFuture.failedFuture(error));
  }

  /**
   * Does a handshake on {@code channel}, which a {@link Dialer} opened on the run's loop. TLS lies
   * below every handler that is in the pipeline, but above the TLS that is there already (a target
   * behind a proxy that itself speaks TLS).
   *
   * <p>The run's timeline enters the peer's phase, and completes it, if the handshake succeeds,
   * with the time at which the peer's last bytes of it came. The stage completes on the loop,
   * before any decrypted byte is read, so that handlers added by whoever waits for it miss nothing.
   * It fails with a {@link ProbeFailure}, and the channel is then closed. Netty's own handshake
   * timeout is off: the deadline of the run, and the limit of the peer if it has one, are the only
   * ways to be late.
   *
   * <p>Whoever can dial again calls this by way of {@link #insisting}.
   */
  public static CompletionStage<TlsSession> handshake(
      ProbeRun run, Channel channel, TlsContext context, TlsPeer peer) {
    assert run.loop().inEventLoop() && channel.eventLoop() == run.loop();
    EngineChoice engines;
    try {
      engines = context.enginesFor(peer);
    } catch (ProbeFailure e) {
      channel.close();
      return CompletableFuture.failedFuture(e);
    }
    run.timeline().enter(peer.phase(), peer.hop(), run.nanoTime());
    if (!channel.isActive()) {
      return CompletableFuture.failedFuture(
          new ProbeFailure(
              peer.phase(), Reason.CLOSED, "the connection ended before the TLS handshake"));
    }
    EngineChoice.Peer known = new EngineChoice.Peer(channel.remoteAddress(), peer.name());
    boolean secondChoice = engines.isSecondChoice(known);
    SslHandler ssl =
        engines.engines(secondChoice).newHandler(channel.alloc(), TlsName.indication(peer.name()));
    ssl.setHandshakeTimeoutMillis(0);
    Handshake handshake =
        new Handshake(
            run, context, peer, ssl.engine(), cause -> engines.learn(known, secondChoice, cause));
    ChannelPipeline pipeline = channel.pipeline();
    String below = handlerBelow(pipeline);
    // Adding the handler of TLS begins the handshake, so what listens to it goes first.
    if (below == null) {
      pipeline.addFirst(handshake).addFirst(ssl);
    } else {
      pipeline.addAfter(below, null, handshake).addAfter(below, null, ssl);
    }
    return handshake.result();
  }

  /** The innermost TLS that is there already, if any. */
  private static @Nullable String handlerBelow(ChannelPipeline pipeline) {
    String name = null;
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (entry.getValue() instanceof Handshake) {
        name = entry.getKey();
      }
    }
    return name;
  }
}
