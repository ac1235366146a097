package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.sonde.probe.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a server's frames mean for the one exchange of a connection. A server that breaks a rule
 * fails the exchange with reason PROTOCOL; nothing that it may send makes us keep more than the
 * headers of one response, or answer without end.
 */
final class Http2Receiver implements Http2FrameDecoder.Frames {
  /**
   * How many frames that bring the answer no further a server may send; each piece of a body earns
   * it another one.
   */
  static final int MAX_IDLE_FRAMES = 1_000;

  /** How much of what we reply may wait for the server to read it. */
  private static final int MAX_UNREAD_BYTES = 1 << 20;

  /** A smaller piece of a header block brings it no further. */
  private static final int SMALL_PIECE_BYTES = 1 << 10;

  private static final int PRIORITY_BYTES = 5;
  private static final int PING_BYTES = 8;
  private static final int GO_AWAY_BYTES = 8;

  /** The highest bit of a stream's number, and of a window update, is reserved. */
  private static final int LOWER_31_BITS = Integer.MAX_VALUE;

  private static final String MALFORMED = "a malformed frame";
  private static final String BAD_SETTING = "a setting with a value that is not allowed";

  private final ChannelHandlerContext context;
  private final Exchange exchange;
  private final Http2Upload upload;
  private final Http2Download download = new Http2Download();
  private final Http2HeaderBlock block;
  private boolean blockEndsStream;
  private boolean replied;
  private int idleFramesLeft = MAX_IDLE_FRAMES;
  private @Nullable String farewell;

  Http2Receiver(
      ChannelHandlerContext context,
      Exchange exchange,
      Http2Upload upload,
      HeaderMemory.Share memory) {
    this.context = context;
    this.exchange = exchange;
    this.upload = upload;
    this.block = new Http2HeaderBlock(context.alloc(), memory);
  }

  /** What is to come answers a HEAD request. */
  void expectAnswerToHead() {
    download.expectAnswerToHead();
  }

  /** Sends what was replied to the frames so far, unless it no longer matters. */
  void sendReplies() {
    if (replied && !areOver()) {
      replied = false;
      context.flush();
    }
  }

  /** The connection has ended. */
  void onClose() {
    if (farewell == null || !exchange.hasBegun() || exchange.isOver()) {
      exchange.onClose();
    } else {
      exchange.fail(
          Reason.CLOSED,
          "the peer closed the connection " + exchange.where() + ", going away with " + farewell);
    }
  }

  /** Lets go of what is kept. */
  void release() {
    block.release();
  }

  @Override
  public boolean areOver() {
    return exchange.isOver();
  }

  @Override
  public void garbage(String description) {
    exchange.fail(Reason.PROTOCOL, description);
  }

  @Override
  public void frame(int type, int flags, int stream, ByteBuf payload) {
    try {
      if (block.isOpen() != (type == Http2FrameTypes.CONTINUATION)) {
        throw new Http2Violation(
            block.isOpen() ? "another frame within a header block" : "the end of no header block");
      }
      expect(exchange.hasBegun() || type != Http2FrameTypes.HEADERS, "an answer to no request");
      accept(type, flags, stream, payload);
    } catch (Http2Violation violation) {
      exchange.fail(Reason.PROTOCOL, "the peer breaks HTTP/2: " + violation.getMessage());
    }
  }

  private void accept(int type, int flags, int stream, ByteBuf payload) {
    expect(Http2Frames.mayBelongTo(stream, type), "a frame on a stream where it does not belong");
    switch (type) {
      case Http2FrameTypes.DATA -> onData(flags, payload);
      case Http2FrameTypes.HEADERS -> onHeaders(flags, payload);
      case Http2FrameTypes.CONTINUATION -> onPiece(payload, isSet(flags, Http2Flags.END_HEADERS));
      case Http2FrameTypes.RST_STREAM -> onReset(payload);
      case Http2FrameTypes.SETTINGS -> onSettings(flags, payload);
      case Http2FrameTypes.PING -> onPing(flags, payload);
      case Http2FrameTypes.GO_AWAY -> onGoAway(payload);
      case Http2FrameTypes.WINDOW_UPDATE -> onWindowUpdate(stream, payload);
      case Http2FrameTypes.PUSH_PROMISE -> throw new Http2Violation("a push, which we forbade");
      default -> spendIdleFrame();
    }
  }

  private void onData(int flags, ByteBuf payload) {
    expect(exchange.isReadingBody(), "a body before its head");
    download.uses(payload.readableBytes());
    strip(flags, payload);
    boolean last = isSet(flags, Http2Flags.END_STREAM);
    int count = payload.readableBytes();
    if (count > 0) {
      idleFramesLeft = Math.min(MAX_IDLE_FRAMES, idleFramesLeft + 1);
      download.counts(count);
      exchange.onContent(payload);
    } else if (!last) {
      spendIdleFrame();
    }
    if (exchange.isOver()) {
      return;
    }
    if (last) {
      end(EmptyHttpHeaders.INSTANCE);
    } else {
      int grant = download.grant();
      if (grant > 0) {
        reply(Http2Frames.windowUpdates(context.alloc(), grant));
      }
    }
  }

  private void onHeaders(int flags, ByteBuf payload) {
    exchange.onAnswer();
    strip(flags, payload);
    if (isSet(flags, Http2Flags.PRIORITY)) {
      expect(payload.readableBytes() >= PRIORITY_BYTES, MALFORMED);
      payload.skipBytes(PRIORITY_BYTES);
    }
    blockEndsStream = isSet(flags, Http2Flags.END_STREAM);
    onPiece(payload, isSet(flags, Http2Flags.END_HEADERS));
  }

  private void onPiece(ByteBuf piece, boolean last) {
    if (!last && piece.readableBytes() < SMALL_PIECE_BYTES) {
      spendIdleFrame();
    }
    Http2Fields fields = block.add(piece, last);
    if (fields == null) {
      return;
    }
    if (exchange.isReadingBody()) {
      expect(blockEndsStream, "trailers that are not the end");
      end(Http2HeaderBlock.trailers(fields));
    } else {
      onHead(Http2HeaderBlock.response(fields, blockEndsStream && !download.answersHead()));
    }
  }

  private void onHead(HttpResponse response) {
    int code = response.status().code();
    if (code < 200) {
      expect(!blockEndsStream, "an informational response at the end");
      exchange.onInformational(code);
      return;
    }
    download.begins(response);
    exchange.onHead(response);
    if (blockEndsStream && !exchange.isOver()) {
      end(EmptyHttpHeaders.INSTANCE);
    }
  }

  private void end(HttpHeaders trailers) {
    download.ends();
    exchange.onEnd(trailers);
  }

  private void onReset(ByteBuf payload) {
    expect(payload.readableBytes() == Integer.BYTES, MALFORMED);
    long code = payload.readUnsignedInt();
    Reason reason = code == Http2Error.HTTP_1_1_REQUIRED.code() ? Reason.PROTOCOL : Reason.CLOSED;
    String message = "the peer reset the stream " + exchange.where() + ": " + name(code);
    exchange.fail(reason, message, new StreamReset(code, message));
  }

  private void onSettings(int flags, ByteBuf payload) {
    spendIdleFrame();
    if (isSet(flags, Http2Flags.ACK)) {
      expect(!payload.isReadable(), MALFORMED);
      return;
    }
    expect(payload.readableBytes() % Http2Frames.SETTING_BYTES == 0, MALFORMED);
    while (payload.isReadable()) {
      onSetting(payload.readUnsignedShort(), payload.readUnsignedInt());
    }
    reply(Http2Frames.settingsAck());
  }

  private void onSetting(int setting, long value) {
    switch (setting) {
      case Http2Frames.SETTING_ENABLE_PUSH -> expect(value <= 1, BAD_SETTING);
      case Http2Frames.SETTING_INITIAL_WINDOW_SIZE -> upload.initialWindow(value);
      case Http2Frames.SETTING_MAX_FRAME_SIZE ->
          expect(value >= Http2Frames.MAX_PAYLOAD_BYTES && value < 1 << 24, BAD_SETTING);
      default -> {} // The others are about what we never do.
    }
  }

  private void onPing(int flags, ByteBuf payload) {
    spendIdleFrame();
    expect(payload.readableBytes() == PING_BYTES, MALFORMED);
    if (!isSet(flags, Http2Flags.ACK)) {
      reply(Http2Frames.pong(context.alloc(), payload));
    }
  }

  private void onGoAway(ByteBuf payload) {
    spendIdleFrame();
    expect(payload.readableBytes() >= GO_AWAY_BYTES, MALFORMED);
    int last = payload.readInt() & LOWER_31_BITS;
    String name = name(payload.readUnsignedInt());
    farewell = name;
    if (last < Http2Frames.STREAM) {
      exchange.fail(Reason.CLOSED, "the peer is going away and refuses the request: " + name);
    }
  }

  private void onWindowUpdate(int stream, ByteBuf payload) {
    expect(payload.readableBytes() == Integer.BYTES, MALFORMED);
    if (!upload.isUnderWay()) {
      spendIdleFrame();
    }
    upload.grant(stream, payload.readInt() & LOWER_31_BITS);
  }

  private void reply(ByteBuf frame) {
    if (context.channel().bytesBeforeWritable() > MAX_UNREAD_BYTES) {
      frame.release();
      throw new Http2Violation("questions without end, whose answers nobody reads");
    }
    context.write(frame);
    replied = true;
  }

  private void spendIdleFrame() {
    idleFramesLeft--;
    expect(idleFramesLeft >= 0, "more than " + MAX_IDLE_FRAMES + " frames that serve nothing");
  }

  /** Takes the padding off (RFC 9113, sections 6.1 and 6.2). */
  private static void strip(int flags, ByteBuf payload) {
    if (isSet(flags, Http2Flags.PADDED)) {
      int padding = payload.isReadable() ? payload.readUnsignedByte() : Integer.MAX_VALUE;
      expect(padding <= payload.readableBytes(), "more padding than payload");
      payload.writerIndex(payload.writerIndex() - padding);
    }
  }

  private static boolean isSet(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private static String name(long code) {
    Http2Error error = Http2Error.valueOf(code);
    return error == null ? "error " + code : error.name();
  }

  private static void expect(boolean kept, String violation) {
    if (!kept) {
      throw new Http2Violation(violation);
    }
  }
}
