package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.nio.charset.StandardCharsets;

/**
 * The outbound side of an HTTP/2 connection: answers that are ready at the same time share a flush,
 * and what waits to be taken is counted. Confined to the connection's loop.
 */
final class Http2Writer {
  /** Of answers, while there is more of which no further request is begun. */
  private static final long MAX_UNSENT_BYTES = 1 << 20;

  /**
   * Of answers too: requests that arrive together are begun together, and nobody knows how large
   * their answers will be. What goes beyond is let go of, and its stream reset.
   */
  private static final long MAX_HELD_BYTES = 8 << 20;

  private final Http2ConnectionHandler handler;
  private final ChannelHandlerContext context;
  private final LoopState loopState;
  private final Runnable onTaken;
  private int unsentAnswers;
  private long unsentBytes;
  private boolean flushing;

  /**
   * A writer.
   *
   * @param onTaken run whenever the client has taken an answer, or will not take it any more
   */
  Http2Writer(
      Http2ConnectionHandler handler,
      ChannelHandlerContext context,
      LoopState loopState,
      Runnable onTaken) {
    this.handler = handler;
    this.context = context;
    this.loopState = loopState;
    this.onTaken = onTaken;
  }

  /** Whether some answer waits for the client to take it. */
  boolean hasUnsentAnswers() {
    return unsentAnswers > 0;
  }

  /** Whether so much waits that nothing more should be begun. */
  boolean isFull() {
    return unsentBytes > MAX_UNSENT_BYTES;
  }

  /** Lets a client send the body that it asked for leave to send. */
  void goOn(Http2Call call) {
    Http2Headers fields =
        new DefaultHttp2Headers(false).status(HttpResponseStatus.CONTINUE.codeAsText());
    handler.encoder().writeHeaders(context, call.stream(), fields, 0, false, context.newPromise());
    flushSoon();
  }

  /** Answers what is not to be begun; what may still come of it is not read. */
  void refuse(Http2Call call, Refusal refusal) {
    if (!refusal.equals(Refusal.SHUTTING_DOWN)) {
      loopState.requests().refused(refusal.counted());
    }
    byte[] line = (refusal.message() + "\n").getBytes(StandardCharsets.UTF_8);
    ResponseHead head = ResponseHead.error(refusal.status(), ResponseFields.NONE);
    Http2Headers fields =
        Http2Call.fields(head, ResponseFields.NONE, loopState.date(), line.length);
    answer(call, fields, Unpooled.wrappedBuffer(line));
  }

  /** Sends an answer, and lets go of it if the call has one or is gone. */
  void answer(Http2Call call, Http2Headers fields, ByteBuf content) {
    Http2Stream stream = handler.connection().stream(call.stream());
    if (stream == null || stream.isHeadersSent()) {
      content.release();
      return;
    }
    int length = content.readableBytes();
    if (unsentAnswers > 0 && unsentBytes + length > MAX_HELD_BYTES) {
      content.release();
      reset(call, Http2Error.ENHANCE_YOUR_CALM);
      return;
    }
    call.answered();
    unsentAnswers++;
    unsentBytes += length;
    ChannelFuture sent =
        handler
            .encoder()
            .writeHeaders(context, call.stream(), fields, 0, length == 0, context.newPromise());
    if (length > 0) {
      sent =
          handler
              .encoder()
              .writeData(context, call.stream(), content, 0, true, context.newPromise());
    }
    sent.addListener(done -> taken(call, length));
    flushSoon();
  }

  /** Ends a call's stream. */
  void reset(Http2Call call, Http2Error error) {
    if (handler.connection().stream(call.stream()) != null) {
      handler.resetStream(context, call.stream(), error.code(), context.newPromise());
      flushSoon();
    }
  }

  private void taken(Http2Call call, int length) {
    unsentAnswers--;
    unsentBytes -= length;
    if (!call.isComplete()) {
      reset(call, Http2Error.NO_ERROR);
    }
    onTaken.run();
  }

  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      context.channel().eventLoop().execute(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    handler.flush(context);
  }
}
