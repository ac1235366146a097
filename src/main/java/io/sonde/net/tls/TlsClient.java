package io.sonde.net.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Puts TLS on an open connection. */
public final class TlsClient {
  private TlsClient() {}

  /**
   * Does a handshake on {@code channel}, which must be open and on the run's loop. TLS lies below
   * every handler that is in the pipeline, but above the TLS that is there already (a target behind
   * a proxy that itself speaks TLS).
   *
   * <p>The run's timeline enters the peer's phase, and completes it when the handshake has
   * succeeded. The stage completes on the loop, before any decrypted byte is read, so that handlers
   * added by whoever waits for it miss nothing. It fails with a {@link ProbeFailure}, and the
   * channel is then closed. Netty's own handshake timeout is off: the deadline of the run, and the
   * limit of the peer if it has one, are the only ways to be late.
   */
  public static CompletionStage<TlsSession> handshake(
      ProbeRun run, Channel channel, TlsContext context, TlsPeer peer) {
    assert run.loop().inEventLoop() && channel.eventLoop() == run.loop();
    Engines engines;
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
    SslHandler ssl = engines.newHandler(channel.alloc(), TlsName.indication(peer.name()));
    ssl.setHandshakeTimeoutMillis(0);
    Handshake handshake = new Handshake(run, context, peer, ssl.engine());
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
