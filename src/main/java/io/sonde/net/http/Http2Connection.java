package io.sonde.net.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.sonde.probe.ProbeRun;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/2 (RFC 9113) and has one stream. It is the last handler of its
 * connection's pipeline: add it when the connection stands, TLS included, and call {@link
 * #exchange} at once. What comes before the HEADERS of the stream is no answer yet.
 */
public final class Http2Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
  private final ProbeRun run;
  private final int hop;
  private final boolean secure;
  private final HeaderMemory.Share memory;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;
  private @Nullable Http2Upload upload;
  private @Nullable Http2Receiver receiver;

  /**
   * A connection for request number {@code hop} of a run.
   *
   * @param secure whether the scheme is https
   */
  public Http2Connection(ProbeRun run, int hop, boolean secure, HeaderMemory memory) {
    this.run = run;
    this.hop = hop;
    this.secure = secure;
    this.memory = memory.share(run::onSettle);
  }

  @Override
  public CompletionStage<HttpResponse> exchange(ClientRequest request) {
    ChannelHandlerContext ctx = standing(context);
    Http2Upload body = standing(upload);
    standing(exchange).begin();
    if (request.isHead()) {
      standing(receiver).expectAnswerToHead();
    }
    ctx.write(Http2Frames.request(ctx.alloc(), request, secure));
    byte[] bytes = request.body().bytes();
    if (request.holdsBodyBack()) {
      standing(exchange).hold(() -> body.start(bytes));
    } else if (request.sendsBodyWithHead()) {
      body.sentAll(bytes.length);
    } else if (request.body().followsHead()) {
      body.start(bytes);
    }
    ctx.flush();
    return standing(exchange).head();
  }

  @Override
  public void readBody(BodySink bodySink) {
    standing(exchange).readBody(bodySink);
  }

  @Override
  public long endedAtNanos() {
    return standing(exchange).endedAtNanos();
  }

  @Override
  public void pause() {
    standing(context).channel().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    standing(context).channel().config().setAutoRead(true);
  }

  @Override
  public void close() {
    memory.leave();
    if (context != null) {
      standing(exchange).over();
      context.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    Exchange begun = new Exchange(run, hop, ctx);
    Http2Upload body = new Http2Upload(ctx, begun);
    exchange = begun;
    upload = body;
    receiver = new Http2Receiver(ctx, begun, body, memory);
    ctx.pipeline().addBefore(ctx.name(), null, new Http2FrameDecoder(receiver));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    standing(receiver).release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    standing(receiver).sendReplies();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    standing(upload).send();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    standing(receiver).onClose();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    standing(exchange).onException(cause);
  }

  private static <T> T standing(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("expected a connection that stands");
    }
    return part;
  }
}
