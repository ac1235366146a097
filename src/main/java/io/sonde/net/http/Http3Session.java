package io.sonde.net.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3GoAwayFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.sonde.net.connect.DatagramDialer;
import io.sonde.net.tls.QuicHandshake;
import io.sonde.net.tls.TlsContext;
import io.sonde.net.tls.TlsPeer;
import io.sonde.net.tls.TlsSession;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import io.sonde.probe.Remote;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A QUIC connection of one run that speaks HTTP/3 (RFC 9114). Unlike those of other versions it
 * serves several requests, one after the other; it ends with the run. Confined to the run's loop.
 */
public final class Http3Session extends ChannelInboundHandlerAdapter {
  /**
   * Why the connection no longer serves anybody.
   *
   * @param what a clause; where in the exchange it happened is told by who is in one
   * @param refusal what it means if the peer has not accepted the handshake after all, or null
   */
  record End(Reason reason, String what, @Nullable ProbeFailure refusal) {
    End(Reason reason, String what) {
      this(reason, what, null);
    }
  }

  private final ProbeRun run;
  private final QuicChannel quic;
  private final Channel datagrams;
  private final QuicHandshake handshake;
  private final TlsSession tls;
  private @Nullable Http3Connection current;
  private @Nullable End end;

  Http3Session(ProbeRun run, QuicChannel quic, Channel datagrams, QuicHandshake handshake) {
    this.run = run;
    this.quic = quic;
    this.datagrams = datagrams;
    this.handshake = handshake;
    this.tls = handshake.session();
  }

  /**
   * Opens a connection. The stage completes on the run's loop, as soon as the handshake has
   * succeeded, or exceptionally with a {@link ProbeFailure}: of the phase CONNECT as long as
   * nothing was heard of the peer, else of TLS. The handshake gives up if the peer is silent for 5
   * s, and after 10 s in all; later, 30 s of silence end the connection.
   */
  public static CompletionStage<Http3Session> open(
      ProbeRun run, DatagramDialer dialer, TlsContext context, TlsPeer peer, Remote remote) {
    try {
      return new Http3Dial(run, remote, new QuicHandshake(run, context, peer)).open(dialer);
    } catch (ProbeFailure e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What the handshake came to. */
  public TlsSession tls() {
    return tls;
  }

  /** Whether another request can be sent. */
  public boolean isUsable() {
    return end == null && quic.isActive();
  }

  /**
   * The next exchange, request number {@code hop} of the run; the last one must be over.
   *
   * @param memory charged for the header lines of its response
   */
  public HttpConnection newExchange(int hop, HeaderMemory memory) {
    Http3Connection connection = new Http3Connection(run, this, hop, memory);
    current = connection;
    return connection;
  }

  /** The socket below. */
  Channel datagrams() {
    return datagrams;
  }

  /** Why the connection serves nobody any more; null if it does. */
  @Nullable End end() {
    return end;
  }

  /** Opens the stream for an exchange; {@code exchange} becomes its last handler. */
  Future<QuicStreamChannel> newStream(Http3Connection exchange, HeaderMemory.Share memory) {
    return Http3.newRequestStream(
        quic,
        new Http3RequestStreamInitializer() {
          @Override
          protected void initRequestStream(QuicStreamChannel stream) {
            // Netty's check of lengths: it knows of HEAD, but not of 204 and 304.
            stream.pipeline().removeLast();
            stream.pipeline().addFirst(new Http3FrameBounds(memory)).addLast(exchange);
          }
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof QuicStreamChannel stream) {
      stream.pipeline().addLast(new PeerStream());
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof QuicConnectionCloseEvent close) {
      // With TLS 1.3 a server that does not like the client's certificate says so afterwards.
      int alert = QuicErrors.alert(close);
      String what = "the peer closed the connection (" + QuicErrors.text(close) + ')';
      ends(new End(Reason.CLOSED, what, alert < 0 ? null : handshake.alert(alert)));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ends(Reason.PROTOCOL, "the peer broke the rules of QUIC: " + cause.getMessage());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (quic.isTimedOut()) {
      ends(Reason.TIMEOUT, "no packet from the peer for " + QuicCodec.IDLE_SECONDS + " s");
    } else {
      ends(Reason.CLOSED, "the connection ended");
    }
  }

  private void ends(Reason reason, String what) {
    ends(new End(reason, what));
  }

  private void ends(End why) {
    if (end == null) {
      end = why;
      // What came in the same packet is still to be read.
      run.loop().execute(this::tellCurrent);
    }
  }

  private void tellCurrent() {
    if (current != null && end != null) {
      current.onSessionEnd(end);
    }
  }

  /** Listens to a stream that the peer has opened: only what goes wrong on it matters. */
  private final class PeerStream extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Http3GoAwayFrame goAway) {
        onGoAway(goAway.id());
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      // Nothing that needs an answer.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof DecoderException && cause.getCause() instanceof RuntimeException bad) {
        ends(Reason.PROTOCOL, "the peer sent what cannot be decoded (" + bad + ')');
      } else if (cause instanceof Http3Exception error) {
        ends(
            Reason.PROTOCOL,
            "the peer broke the rules of HTTP/3 ("
                + error.errorCode()
                + ": "
                + error.getMessage()
                + ')');
      }
    }
  }

  private void onGoAway(long firstUnserved) {
    if (end == null) {
      end = new End(Reason.CLOSED, "the peer is going away (GOAWAY)");
      if (current != null && current.streamId() >= firstUnserved) {
        run.loop().execute(this::tellCurrent);
      }
    }
  }
}
