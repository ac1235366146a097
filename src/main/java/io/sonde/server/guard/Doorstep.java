package io.sonde.server.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.sonde.telemetry.WebStats.HandshakeFailure;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its beginning to the end of its handshake. Nothing of TLS is made for it
 * before its first bytes tell that the client speaks it.
 */
final class Doorstep extends ByteToMessageDecoder {
  private static final Logger logger = LoggerFactory.getLogger(Doorstep.class);

  /** What HTTP requests begin with, in as many bytes as tell them from TLS. */
  private static final Set<String> HTTP = Set.of("GET /", "HEAD ", "POST ", "PUT /", "OPTIO");

  private static final int TELLING_BYTES = 5;

  private static final String ANSWER =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

  /** How long a client that is turned away may go on sending before the connection is cut. */
  private static final long LINGER_MILLIS = 500;

  private final TlsEncryption encryption;
  private final Doorsteps all;
  private final Runnable http1;
  private final Runnable http2;
  private @Nullable Channel channel;
  private @Nullable Future<?> timer;
  private boolean isOver;

  Doorstep(TlsEncryption encryption, Doorsteps all, Runnable http1, Runnable http2) {
    this.encryption = encryption;
    this.all = all;
    this.http1 = http1;
    this.http2 = http2;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
    timer =
        context
            .executor()
            .schedule(
                () -> end(HandshakeFailure.TIMEOUT),
                encryption.limit().toNanos(),
                TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> end(HandshakeFailure.CLOSED));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (isOver) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < TELLING_BYTES) {
      return;
    }
    if (HTTP.contains(in.toString(in.readerIndex(), TELLING_BYTES, StandardCharsets.ISO_8859_1))) {
      in.skipBytes(in.readableBytes());
      tellToUseTls(context);
      return;
    }
    SslHandler handler = encryption.context().newHandler(context.alloc());
    // The time of this connection is up when ours is.
    handler.setHandshakeTimeoutMillis(0);
    context.pipeline().addLast(handler, new Completion(handler));
    context.pipeline().remove(this);
  }

  private void tellToUseTls(ChannelHandlerContext context) {
    over(HandshakeFailure.PLAIN_HTTP);
    Channel connection = context.channel();
    context
        .writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), ANSWER))
        .addListener(
            written -> {
              if (connection instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
              }
            });
    context.executor().schedule(() -> connection.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Gives the connection up, unless its handshake is over. */
  void end(HandshakeFailure why) {
    if (!isOver) {
      over(why);
      if (channel != null) {
        channel.close();
      }
    }
  }

  private void over(@Nullable HandshakeFailure failure) {
    isOver = true;
    all.remove(this);
    if (timer != null) {
      timer.cancel(false);
    }
    if (failure != null && channel != null) {
      encryption.failed(failure, channel);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Resets are the client's business.
    end(HandshakeFailure.CLOSED);
  }

  /** Waits behind the handshake for its end. */
  private final class Completion extends ChannelInboundHandlerAdapter {
    private final SslHandler handler;

    Completion(SslHandler handler) {
      this.handler = handler;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent completion) {
        if (completion.isSuccess() && !isOver) {
          over(null);
          ("h2".equals(handler.applicationProtocol()) ? http2 : http1).run();
          context.pipeline().remove(this);
        } else if (!completion.isSuccess()) {
          fail(completion.cause());
        }
        return;
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(cause);
    }

    private void fail(Throwable cause) {
      logger.debug("TLS handshake failed", cause);
      end(reason(cause));
    }
  }

  private static HandshakeFailure reason(Throwable failure) {
    if (failure instanceof ClosedChannelException) {
      return HandshakeFailure.CLOSED;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateException
          || message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
          || message.contains("Empty client certificate chain")) {
        return HandshakeFailure.CLIENT_CERTIFICATE;
      }
    }
    return HandshakeFailure.PROTOCOL;
  }
}
