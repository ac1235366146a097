package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;

/** What a client's frames mean for its calls. Frames that ask for nothing are counted. */
final class Http2Receiver extends Http2FrameAdapter {
  /** How many frames that ask for nothing a client may send between two looks at its times. */
  static final int MAX_IDLE_FRAMES = 1_000;

  private final Http2Connection connection;
  private final Limits limits;
  private int idleFrames;

  Http2Receiver(Http2Connection connection, Limits limits) {
    this.connection = connection;
    this.limits = limits;
    connection.connection().addListener(new Closings());
  }

  /** Begins to count idle frames anew. */
  void forgetIdleFrames() {
    idleFrames = 0;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream) {
    Http2Call known = connection.call(streamId);
    if (known != null) {
      connection.begin(known); // What follows a body ends a request and is not looked at.
      return;
    }
    Http2Call call = connection.newCall(streamId, headers);
    if (!call.isWellFormed()) {
      connection.writer().refuse(call, Refusal.MALFORMED);
    } else if (endOfStream) {
      connection.begin(call);
    } else if (call.waitsForContinue()) {
      connection.writer().goOn(call);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    Http2Call call = connection.call(streamId);
    if (call != null) {
      if (call.addToBody(data) > limits.bodyBytes()) {
        connection.writer().refuse(call, Refusal.bodyTooLong(limits));
      } else if (endOfStream) {
        connection.begin(call);
      }
    }
    return data.readableBytes() + padding;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    countIdleFrame();
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    countIdleFrame();
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    countIdleFrame();
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext ctx,
      int streamId,
      int streamDependency,
      short weight,
      boolean exclusive)
      throws Http2Exception {
    countIdleFrame();
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext ctx, byte frameType, int streamId, Http2Flags flags, ByteBuf payload) {
    idleFrames++;
    if (idleFrames > MAX_IDLE_FRAMES) {
      ctx.close();
    }
  }

  private void countIdleFrame() throws Http2Exception {
    idleFrames++;
    if (idleFrames > MAX_IDLE_FRAMES) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "too many frames that ask for nothing");
    }
  }

  /** Tells calls whose stream is gone, whatever took it. */
  private final class Closings extends Http2ConnectionAdapter {
    @Override
    public void onStreamClosed(Http2Stream stream) {
      Http2Call call = connection.call(stream);
      if (call != null) {
        connection.closed(call);
      }
    }
  }
}
