package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.1 (RFC 9112). It is the last handler of its connection's
 * pipeline: hand it to whoever opens the connection, and call {@link #exchange} when the connection
 * stands.
 */
public final class Http1Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
  private final ProbeRun run;
  private final int hop;
  private final @Nullable HttpProxy proxy;
  private final HeaderMemory.Share memory;
  private final ResponseDecoder decoder;
  private boolean skippingInformational;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;

  /** A connection for request number {@code hop} of a run. */
  public Http1Connection(ProbeRun run, int hop, HeaderMemory memory) {
    this(run, hop, memory, null);
  }

  /** A connection to a proxy that forwards the request, if {@code proxy} is not null. */
  Http1Connection(ProbeRun run, int hop, HeaderMemory memory, @Nullable HttpProxy proxy) {
    this.run = run;
    this.hop = hop;
    this.proxy = proxy;
    this.memory = memory.share(run::onSettle);
    this.decoder = new ResponseDecoder(this.memory, this::onFirstBytes, this::onGarbage);
  }

  @Override
  public CompletionStage<HttpResponse> exchange(ClientRequest request) {
    ChannelHandlerContext ctx = context();
    ProbeFailure refusal = proxy == null ? null : ForwardedHost.refusal(run, hop, request.host());
    if (refusal != null) {
      close();
      return CompletableFuture.failedFuture(refusal);
    }
    exchange().begin();
    if (request.isHead()) {
      decoder.expectAnswerToHead();
    }
    ctx.write(request.encodeHead(ctx.alloc(), proxy));
    if (request.holdsBodyBack()) {
      exchange().hold(() -> ctx.writeAndFlush(request.encodeBody(ctx.alloc())));
    } else if (request.body().followsHead() && !request.sendsBodyWithHead()) {
      ctx.write(request.encodeBody(ctx.alloc()));
    }
    ctx.flush();
    return exchange().head();
  }

  @Override
  public void readBody(BodySink bodySink) {
    exchange().readBody(bodySink);
  }

  @Override
  public long endedAtNanos() {
    return exchange().endedAtNanos();
  }

  @Override
  public void pause() {
    context().channel().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    context().channel().config().setAutoRead(true);
  }

  @Override
  public void close() {
    memory.leave();
    if (context != null) {
      exchange().over();
      context.close();
    }
  }

  /**
   * Hands the connection over to another protocol, which the peer has agreed to with status 101
   * (RFC 9110, section 7.8): what came behind the head, and comes from now on, goes to {@code
   * successors}. Whoever was told of the head must call it before returning, if at all.
   */
  public void upgrade(ChannelHandler... successors) {
    ChannelPipeline pipeline = context().pipeline();
    exchange().over();
    pipeline.addLast(successors);
    pipeline.remove(this);
    // Lets go of the bytes that it has not looked at.
    pipeline.remove(decoder);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    exchange = new Exchange(run, hop, ctx);
    ctx.pipeline().addBefore(ctx.name(), null, decoder);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!exchange().isOver() && message instanceof HttpObject object) {
        onObject(object);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    exchange().onClose();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    exchange().onException(cause);
  }

  private void onObject(HttpObject object) {
    if (object.decoderResult().isFailure()) {
      onUndecodable(object.decoderResult().cause());
      return;
    }
    if (object instanceof HttpResponse response) {
      onHead(response);
    }
    if (object instanceof HttpContent content && !exchange().isOver()) {
      onContent(content);
    }
  }

  private void onHead(HttpResponse response) {
    int code = response.status().code();
    if (code < 200 && code != 101) {
      skippingInformational = true;
      exchange().onInformational(code);
      return;
    }
    List<String> codings = response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && (codings.size() > 1 || !codings.get(0).strip().equalsIgnoreCase("chunked"))) {
      exchange().fail(Reason.PROTOCOL, "expected the transfer encoding chunked, got " + codings);
      return;
    }
    exchange().onHead(response);
  }

  private void onContent(HttpContent content) {
    LastHttpContent last = content instanceof LastHttpContent end ? end : null;
    if (skippingInformational) {
      skippingInformational = last == null;
      return;
    }
    if (!exchange().isReadingBody()) {
      return;
    }
    ByteBuf piece = content.content();
    if (piece.isReadable()) {
      exchange().onContent(piece);
    }
    if (last != null) {
      exchange().onEnd(last.trailingHeaders());
    }
  }

  private void onUndecodable(Throwable cause) {
    if (cause instanceof PrematureChannelClosureException) {
      exchange().onClose();
    } else if (cause instanceof HeaderLimitException limit) {
      exchange().fail(limit.reason(), limit.what());
    } else if (cause instanceof TooLongHttpHeaderException) {
      exchange().fail(Reason.PROTOCOL, ResponseDecoder.TOO_MANY_HEADERS);
    } else {
      exchange()
          .fail(
              Reason.PROTOCOL, "malformed HTTP " + exchange().where() + ": " + cause.getMessage());
    }
  }

  private void onFirstBytes() {
    if (exchange().hasBegun() && !exchange().isOver()) {
      exchange().onAnswer();
    }
  }

  private void onGarbage(String what) {
    if (!exchange().isOver()) {
      exchange().fail(Reason.PROTOCOL, what);
    }
  }

  private Exchange exchange() {
    if (exchange == null) {
      throw new IllegalStateException("expected a connection that stands");
    }
    return exchange;
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("expected a connection that stands");
    }
    return context;
  }
}
