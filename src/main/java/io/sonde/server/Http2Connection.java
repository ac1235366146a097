package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's HTTP/2 connection (RFC 9113). Each of its streams is a {@link Http2Call}, and none
 * is begun while too much of the answers before it waits to be taken. Confined to its event loop,
 * but for {@link #send}.
 */
final class Http2Connection extends Http2ConnectionHandler implements ClientConnection {
  private static final Logger logger = LoggerFactory.getLogger(Http2Connection.class);

  private final Endpoint root;
  private final LoopStates loops;
  private final LoopState loopState;
  private final Limits limits;
  private final ClientTimes times;
  private final Http2Receiver receiver;
  private final PropertyKey calls = connection().newKey();
  private final Deque<Http2Call> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Http2Writer writer;
  private @Nullable Future<?> timer;

  Http2Connection(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Endpoint root,
      LoopStates loops,
      LoopState loopState,
      Limits limits) {
    super(decoder, encoder, settings);
    this.root = root;
    this.loops = loops;
    this.loopState = loopState;
    this.limits = limits;
    this.times = new ClientTimes(limits);
    this.receiver = new Http2Receiver(this, limits);
    decoder.frameListener(receiver);
  }

  @Nullable Http2Call call(int streamId) {
    Http2Stream stream = connection().stream(streamId);
    return stream == null ? null : call(stream);
  }

  @Nullable Http2Call call(Http2Stream stream) {
    return stream.getProperty(calls);
  }

  /** A call for a stream that has just begun. */
  Http2Call newCall(int streamId, Http2Headers headers) {
    Http2Call call = new Http2Call(this, streamId, headers, loops);
    Objects.requireNonNull(connection().stream(streamId)).setProperty(calls, call);
    return call;
  }

  /** A call's request is complete. */
  void begin(Http2Call call) {
    if (call.isAnswered()) {
      return;
    }
    call.completed();
    waiting.addLast(call);
    dispatch();
  }

  private void dispatch() {
    while (!waiting.isEmpty() && !writer().isFull()) {
      waiting.removeFirst().begin(root);
    }
  }

  /** A call's stream is gone. */
  void closed(Http2Call call) {
    waiting.remove(call);
    call.callerLeft();
    times.answered(now());
    loopState.used(this);
  }

  Http2Writer writer() {
    return Objects.requireNonNull(writer);
  }

  /** Takes an answer over from any loop. */
  void send(Http2Call call, Http2Headers fields, ByteBuf content, boolean last) {
    try {
      channel().eventLoop().execute(() -> answer(call, fields, content, last));
    } catch (RejectedExecutionException ignored) {
      content.release(); // The loops have ended, and the connection with them.
    }
  }

  private void answer(Http2Call call, Http2Headers fields, ByteBuf content, boolean last) {
    if (!writer().hasUnsentAnswers()) {
      times.answersAreTaken(now());
    }
    writer().answer(call, fields, content);
    if (last) {
      drain();
    }
  }

  private void taken() {
    times.answersAreTaken(now());
    dispatch();
  }

  @Override
  public boolean closeIfIdle() {
    boolean idle =
        times.mayMakeRoom(now()) && activeCalls().stream().noneMatch(Http2Call::isComplete);
    if (idle && connection().numActiveStreams() == 0) {
      channel().close();
    } else if (idle) {
      context().close(); // Requests that never came whole are not waited for.
    }
    return idle;
  }

  /** Says that nothing new is answered, and closes the connection after what was begun. */
  @Override
  public void drain() {
    gracefulShutdownTimeoutMillis(-1);
    channel().close();
  }

  @Override
  public void abandon() {
    List.copyOf(waiting).forEach(call -> writer().refuse(call, Refusal.SHUTTING_DOWN));
    activeCalls().forEach(Http2Call::abandon);
    channel().close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    writer = new Http2Writer(this, ctx, loopState, this::taken);
    if (ctx.channel().isActive()) {
      loopState.connections().add(this);
      times.answered(now());
      times.partArrived(now());
      timer = schedule(limits.firstCheckNanos());
    }
    super.handlerAdded(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    loopState.connections().remove(this);
    if (timer != null) {
      timer.cancel(false);
    }
    super.channelInactive(ctx);
  }

  /** Its first frame, and every further one, must arrive whole within the time of a request. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (actualReadableBytes() > 0 || !decoder().prefaceReceived()) {
      times.partArrived(now());
    } else {
      times.requestArrived();
    }
    super.channelReadComplete(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      super.exceptionCaught(ctx, cause);
    } else {
      // Resets and broken pipes are the client's business.
      logger.debug("Connection failed", cause);
      ctx.close();
    }
  }

  private Future<?> schedule(long nanos) {
    return channel().eventLoop().schedule(this::enforceTimes, nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends what a client is too slow with, or a connection that it does not use; looks again. */
  private void enforceTimes() {
    long now = now();
    receiver.forgetIdleFrames();
    for (Http2Call call : activeCalls()) {
      if (call.incompleteForNanos(now) > limits.request().toNanos()) {
        writer().refuse(call, Refusal.tooSlow(limits));
      } else if (call.untakenForNanos(now) > limits.response().toNanos()) {
        writer().reset(call, Http2Error.CANCEL);
      }
    }
    flush(context()); // What was given up just now no longer waits, if the connection takes bytes.
    boolean taken = !writer().hasUnsentAnswers();
    boolean inUse = connection().numActiveStreams() > 0;
    long left = times.left(now, taken, inUse);
    if (left > 0) {
      timer = schedule(Math.min(left, limits.firstCheckNanos()));
    } else if (taken && times.leftForRequest(now) > 0) {
      channel().close();
    } else {
      context().close();
    }
  }

  private List<Http2Call> activeCalls() {
    List<Http2Call> active = new ArrayList<>();
    try {
      connection()
          .forEachActiveStream(
              stream -> {
                Http2Call call = call(stream);
                if (call != null) {
                  active.add(call);
                }
                return true;
              });
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return active;
  }

  Channel channel() {
    return context().channel();
  }

  long now() {
    return channel().eventLoop().ticker().nanoTime();
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }
}
