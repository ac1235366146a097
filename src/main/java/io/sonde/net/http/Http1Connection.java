package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.1 (RFC 9112). It is the last handler of its connection's
 * pipeline: hand it to whoever opens the connection, and call {@link #exchange} when the connection
 * stands.
 */
public final class Http1Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
  /** How many 1xx responses are skipped before the final one. */
  static final int MAX_INFORMATIONAL = 16;

  private enum State {
    IDLE,
    AWAITING_HEAD,
    SKIPPING_INFORMATIONAL,
    READING_BODY,
    DONE
  }

  private final ProbeRun run;
  private final int hop;
  private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
  private final ResponseDecoder decoder = new ResponseDecoder(this::onFirstBytes, this::onGarbage);
  private State state = State.IDLE;
  private boolean firstByteSeen;
  private int informational;
  private @Nullable ExchangeTimes times;
  private @Nullable ChannelHandlerContext context;
  private @Nullable HeldBody heldBody;
  private @Nullable BodySink sink;

  /** A connection for request number {@code hop} of a run. */
  public Http1Connection(ProbeRun run, int hop) {
    this.run = run;
    this.hop = hop;
  }

  @Override
  public CompletionStage<HttpResponse> exchange(ClientRequest request) {
    ChannelHandlerContext ctx = context();
    state = State.AWAITING_HEAD;
    times().sending();
    if (request.isHead()) {
      decoder.expectAnswerToHead();
    }
    ctx.write(request.encodeHead(ctx.alloc()));
    if (request.holdsBodyBack()) {
      heldBody = new HeldBody(run, ctx, request);
    } else if (request.body().followsHead() && !request.sendsBodyWithHead()) {
      ctx.write(request.encodeBody(ctx.alloc()));
    }
    ctx.flush();
    return head;
  }

  @Override
  public void readBody(BodySink bodySink) {
    sink = bodySink;
  }

  @Override
  public long endedAtNanos() {
    return times().endedAtNanos();
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
    over();
    if (context != null) {
      context.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    times = new ExchangeTimes(run, hop, ctx.channel());
    ctx.pipeline().addBefore(ctx.name(), null, decoder);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (isOver()) {
        return;
      }
      if (message instanceof HttpObject object) {
        onObject(object);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!isOver() && state != State.IDLE) {
      fail(Reason.CLOSED, "the peer closed the connection " + where());
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (isOver() || state == State.IDLE) {
      return; // Whoever opens the connection sees its troubles before there is an exchange.
    }
    Throwable root = cause.getCause() instanceof SSLException tls ? tls : cause;
    if (root instanceof SSLException) {
      fail(new ProbeFailure(Phase.TLS, Reason.TLS, "TLS failed: " + root.getMessage(), root));
    } else if (root instanceof IOException) {
      fail(Reason.CLOSED, "the connection broke " + where() + ": " + root.getMessage());
    } else {
      fail(root);
    }
  }

  private void onObject(HttpObject object) {
    if (object.decoderResult().isFailure()) {
      onUndecodable(object.decoderResult().cause());
      return;
    }
    if (object instanceof HttpResponse response) {
      onHead(response);
    }
    if (object instanceof HttpContent content && !isOver()) {
      onContent(content);
    }
  }

  private void onHead(HttpResponse response) {
    int code = response.status().code();
    if (code < 200 && code != 101) {
      onInformational(code);
      return;
    }
    List<String> codings = response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && (codings.size() > 1 || !codings.get(0).strip().equalsIgnoreCase("chunked"))) {
      fail(Reason.PROTOCOL, "expected the transfer encoding chunked, got " + codings);
      return;
    }
    dropHeldBody();
    state = State.READING_BODY;
    head.complete(response);
  }

  private void onInformational(int code) {
    informational++;
    if (informational > MAX_INFORMATIONAL) {
      fail(Reason.PROTOCOL, "more than " + MAX_INFORMATIONAL + " informational responses");
      return;
    }
    state = State.SKIPPING_INFORMATIONAL;
    if (code == 100 && heldBody != null) {
      heldBody.send();
    }
  }

  private void onContent(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (state == State.SKIPPING_INFORMATIONAL) {
      state = last ? State.AWAITING_HEAD : state;
      return;
    }
    BodySink receiver = sink;
    if (state != State.READING_BODY || receiver == null) {
      return;
    }
    ByteBuf piece = content.content();
    if (piece.isReadable()) {
      receiver.content(piece);
    }
    if (last && !isOver()) {
      times().ended();
      over();
      receiver.end();
    }
  }

  private void onUndecodable(Throwable cause) {
    if (cause instanceof PrematureChannelClosureException) {
      fail(Reason.CLOSED, "the peer closed the connection " + where());
    } else if (cause instanceof TooLongHttpHeaderException) {
      fail(
          Reason.PROTOCOL,
          "the response headers exceed " + ResponseDecoder.MAX_HEADER_BYTES + " bytes");
    } else {
      fail(Reason.PROTOCOL, "malformed HTTP " + where() + ": " + cause.getMessage());
    }
  }

  private void onFirstBytes() {
    if (isOver() || state == State.IDLE) {
      return;
    }
    firstByteSeen = true;
    times().answered();
  }

  private void onGarbage(String what) {
    if (!isOver()) {
      fail(Reason.PROTOCOL, what);
    }
  }

  private boolean isOver() {
    return state == State.DONE || run.settled();
  }

  private void over() {
    state = State.DONE;
    dropHeldBody();
  }

  private void dropHeldBody() {
    if (heldBody != null) {
      heldBody.drop();
    }
  }

  private String where() {
    if (!firstByteSeen) {
      return "before it answered";
    }
    return state == State.READING_BODY ? "in the middle of the body" : "in the middle of the head";
  }

  private void fail(Reason reason, String message) {
    Phase phase = firstByteSeen ? Phase.TRANSFER : Phase.PROCESSING;
    fail(new ProbeFailure(phase, reason, message));
  }

  private void fail(Throwable failure) {
    BodySink receiver = sink;
    over();
    context().close();
    if (!head.completeExceptionally(failure) && receiver != null) {
      receiver.failed(failure);
    }
  }

  private ExchangeTimes times() {
    if (times == null) {
      throw new IllegalStateException("expected a connection that stands");
    }
    return times;
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("expected a connection that stands");
    }
    return context;
  }
}
