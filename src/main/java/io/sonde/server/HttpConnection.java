package io.sonde.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's HTTP/1 connection. Requests are answered one at a time in their order; the
 * connection is read on meanwhile, so that a caller who leaves is noticed, until too many requests
 * wait. Each answer is one buffer and one flush, and none is made while too much of those before it
 * waits to be taken. Confined to its event loop.
 *
 * <p>A client that ends its half of the connection counts as one that left: it cannot be told from
 * one that has gone.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter
    implements ClientConnection, Caller {
  private static final Logger logger = LoggerFactory.getLogger(HttpConnection.class);

  private final RequestDecoder decoder;
  private final Endpoint root;
  private final LoopState loopState;
  private final Limits limits;
  private final ClientTimes times;
  private final Deque<Exchange> waiting = new ArrayDeque<>(2);
  private @Nullable Channel channel;
  private @Nullable ResponseWriter writer;
  private @Nullable HttpRequest reading;
  private @Nullable Exchange current;
  private @Nullable Future<?> timer;
  private RequestBody body = RequestBody.EMPTY;
  private boolean dispatching;
  private boolean ending;

  HttpConnection(RequestDecoder decoder, Endpoint root, LoopState loopState, Limits limits) {
    this.decoder = decoder;
    this.root = root;
    this.loopState = loopState;
    this.limits = limits;
    this.times = new ClientTimes(limits);
  }

  @Override
  public EventLoop loop() {
    return channel().eventLoop();
  }

  @Override
  public LoopState loopState() {
    return loopState;
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return channel().remoteAddress();
  }

  @Override
  public boolean awaits(Exchange exchange) {
    return exchange == current;
  }

  @Override
  public boolean closeIfIdle() {
    boolean idle = current == null && waiting.isEmpty() && times.mayMakeRoom(now());
    if (!idle || writer().hasUnsentBytes()) {
      return false;
    }
    channel().close();
    return true;
  }

  @Override
  public void abandon() {
    ending = true;
    Exchange left = current;
    if (left != null) {
      left.abandon(Refusal.SHUTTING_DOWN);
    } else {
      channel().close();
    }
  }

  @Override
  public void drain() {
    ending = true;
    if (current == null) {
      writer().end();
    }
  }

  /** Begins, be it with the connection or, behind encryption, when that stands. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    writer = new ResponseWriter(ctx.channel(), loopState);
    if (ctx.channel().isActive()) {
      loopState.connections().add(this);
      times.answered(now());
      timer = schedule(limits.firstCheckNanos());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loopState.connections().remove(this);
    if (timer != null) {
      timer.cancel(false);
    }
    forgetRequests();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!ending) {
        read((HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (decoder.isWithinRequest()) {
      times.partArrived(now());
    } else {
      times.requestArrived();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    dispatch();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Resets and broken pipes are the client's business.
    logger.debug("Connection failed", cause);
    ctx.close();
  }

  private void read(HttpObject message) {
    if (message.decoderResult().isFailure()) {
      refuse(Refusal.undecodable(message.decoderResult().cause(), limits));
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    if (message instanceof HttpContent content) {
      body = body.and(content.content());
      if (body.length() > limits.bodyBytes()) {
        refuse(Refusal.bodyTooLong(limits));
      } else if (content instanceof LastHttpContent) {
        completeRequest();
      }
    }
  }

  private void begin(HttpRequest request) {
    reading = request;
    body = RequestBody.EMPTY;
    if (HttpUtil.is100ContinueExpected(request)
        && HttpUtil.getContentLength(request, 0L) <= limits.bodyBytes()
        && current == null) {
      writer().goOn();
    }
  }

  private void completeRequest() {
    HttpRequest request = Objects.requireNonNull(reading);
    reading = null;
    decoder.requestEnded();
    times.requestArrived();
    RequestTarget target = RequestTarget.parse(request.uri());
    Refusal refusal = target == null ? Refusal.MALFORMED : Refusal.of(request);
    if (target == null || refusal != null) {
      refuse(refusal == null ? Refusal.MALFORMED : refusal);
      return;
    }
    waiting.addLast(new Exchange(this, request, target, body));
    dispatch();
  }

  /**
   * Begins to answer the next request, unless one is being answered or the client does not take its
   * answers, and reads on unless too many requests wait.
   */
  private void dispatch() {
    if (dispatching) {
      return;
    }
    dispatching = true;
    try {
      while (current == null && !waiting.isEmpty() && channel().isWritable()) {
        handle(waiting.removeFirst());
      }
    } finally {
      dispatching = false;
    }
    if (!ending) {
      channel().config().setAutoRead(waiting.size() < limits.pipelinedRequests());
    }
  }

  private void handle(Exchange next) {
    current = next;
    next.begin(root);
  }

  @Override
  public void respond(Exchange exchange, ResponseHead head, byte[] body, int length) {
    assert loop().inEventLoop();
    if (exchange != current) {
      return;
    }
    current = null;
    if (!writer().hasUnsentBytes()) {
      times.answersAreTaken(now());
    }
    boolean keepAlive =
        !ending && !exchange.endsConnection() && HttpUtil.isKeepAlive(exchange.request());
    writer().write(exchange, head, body, length, keepAlive);
    times.answered(now());
    loopState.used(this);
    if (keepAlive) {
      dispatch();
    } else {
      ending = true;
      waiting.clear();
    }
  }

  private void forgetRequests() {
    waiting.clear();
    Exchange left = current;
    current = null;
    if (left != null) {
      left.callerLeft();
    }
  }

  /** Answers something that is no request of ours, and ends the connection. */
  private void refuse(Refusal refusal) {
    ending = true;
    reading = null;
    forgetRequests();
    writer().refuse(refusal);
  }

  private Future<?> schedule(long nanos) {
    return loop().schedule(this::enforceTimes, nanos, TimeUnit.NANOSECONDS);
  }

  /** Closes a connection whose client is too slow, or has nothing to say; looks again later. */
  private void enforceTimes() {
    long now = now();
    boolean taken = !writer().hasUnsentBytes();
    long left = times.left(now, taken, current != null);
    if (left > 0) {
      timer = schedule(Math.min(left, limits.firstCheckNanos()));
    } else if (times.leftForRequest(now) <= 0 && current == null && taken) {
      refuse(Refusal.tooSlow(limits));
    } else {
      channel().close();
    }
  }

  private Channel channel() {
    return Objects.requireNonNull(channel);
  }

  private ResponseWriter writer() {
    return Objects.requireNonNull(writer);
  }

  private long now() {
    return loop().ticker().nanoTime();
  }
}
