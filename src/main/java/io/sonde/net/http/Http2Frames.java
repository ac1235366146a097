package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.nio.charset.StandardCharsets;

/** Writes the frames of a client (RFC 9113, sections 4 and 6). */
final class Http2Frames {
  /** The largest payload of a frame in either direction; we never ask for more. */
  static final int MAX_PAYLOAD_BYTES = 16_384;

  /** Length, type, flags, stream. */
  static final int HEADER_BYTES = 9;

  /** The only stream of a connection. */
  static final int STREAM = 1;

  /** The stream that means the connection as a whole. */
  static final int CONNECTION = 0;

  /** How much of a body may be on its way to us. */
  static final int WINDOW_BYTES = 4 << 20;

  /** How large a window is, in either direction, as long as nobody has said otherwise. */
  static final int DEFAULT_WINDOW_BYTES = 65_535;

  static final int SETTING_ENABLE_PUSH = 2;
  static final int SETTING_INITIAL_WINDOW_SIZE = 4;
  static final int SETTING_MAX_FRAME_SIZE = 5;
  static final int SETTING_MAX_HEADER_LIST_SIZE = 6;
  static final int SETTING_BYTES = 6;

  /** A connection's window does not limit what its only stream's window lets through. */
  private static final int CONNECTION_WINDOW_BYTES = 1 << 30;

  private static final byte[] MAGIC =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PREFACE = preface();
  private static final byte[] SETTINGS_ACK = {
    0, 0, 0, Http2FrameTypes.SETTINGS, Http2Flags.ACK, 0, 0, 0, 0
  };

  private Http2Frames() {}

  /** What every connection of a client begins with: the magic words, settings, the window. */
  static void writePreface(ByteBuf out) {
    out.writeBytes(PREFACE);
  }

  /**
   * Writes a request's header block, and the whole body as well if it is small and goes at once.
   *
   * @param secure whether the scheme is https
   */
  static ByteBuf request(ByteBufAllocator allocator, ClientRequest request, boolean secure) {
    byte[] fields = request.lines().http2();
    int size = fields.length + request.host().length() + request.target().length() + 192;
    boolean withBody = request.sendsBodyWithHead();
    ByteBuf out = allocator.buffer(withBody ? size + request.body().bytes().length : size);
    writePreface(out);
    int start = out.writerIndex();
    out.writeZero(HEADER_BYTES);
    Hpack.writeTarget(out, request, secure);
    out.writeBytes(fields);
    if (request.body().framing() == RequestBody.Framing.LENGTH) {
      String length = Integer.toString(request.body().bytes().length);
      Hpack.writeField(out, "content-length", length, false);
    }
    boolean last = !request.body().followsHead();
    finishHeaders(out, start, last ? Http2Flags.END_STREAM : 0);
    if (withBody) {
      byte[] body = request.body().bytes();
      writeHeader(out, body.length, Http2FrameTypes.DATA, Http2Flags.END_STREAM, STREAM);
      out.writeBytes(body);
    }
    return out;
  }

  /** A piece of the body. */
  static ByteBuf data(ByteBufAllocator allocator, byte[] body, int from, int count, boolean last) {
    ByteBuf header = allocator.buffer(HEADER_BYTES);
    int flags = last ? Http2Flags.END_STREAM : 0;
    writeHeader(header, count, Http2FrameTypes.DATA, flags, STREAM);
    return count == 0
        ? header
        : Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(body, from, count));
  }

  /** That the peer's settings are in force. */
  static ByteBuf settingsAck() {
    return Unpooled.wrappedBuffer(SETTINGS_ACK);
  }

  /** The answer to a PING. */
  static ByteBuf pong(ByteBufAllocator allocator, ByteBuf opaque) {
    ByteBuf out = allocator.buffer(HEADER_BYTES + opaque.readableBytes());
    writeHeader(out, opaque.readableBytes(), Http2FrameTypes.PING, Http2Flags.ACK, CONNECTION);
    return out.writeBytes(opaque);
  }

  /** That {@code bytes} more may come, on the stream and on the connection. */
  static ByteBuf windowUpdates(ByteBufAllocator allocator, int bytes) {
    ByteBuf out = allocator.buffer(2 * (HEADER_BYTES + Integer.BYTES));
    writeWindowUpdate(out, CONNECTION, bytes);
    writeWindowUpdate(out, STREAM, bytes);
    return out;
  }

  /** Whether a server may send such a frame on that stream. */
  static boolean mayBelongTo(int stream, int type) {
    return switch (type) {
      case Http2FrameTypes.DATA,
          Http2FrameTypes.HEADERS,
          Http2FrameTypes.CONTINUATION,
          Http2FrameTypes.RST_STREAM ->
          stream == STREAM;
      case Http2FrameTypes.SETTINGS, Http2FrameTypes.PING, Http2FrameTypes.GO_AWAY ->
          stream == CONNECTION;
      case Http2FrameTypes.WINDOW_UPDATE -> stream == STREAM || stream == CONNECTION;
      default -> true;
    };
  }

  /** Completes the block whose frame header begins at {@code start}; cuts it if it is too long. */
  private static void finishHeaders(ByteBuf out, int start, int flags) {
    int begin = start + HEADER_BYTES;
    int length = out.writerIndex() - begin;
    if (length <= MAX_PAYLOAD_BYTES) {
      setHeader(out, start, length, Http2FrameTypes.HEADERS, flags | Http2Flags.END_HEADERS);
      return;
    }
    byte[] rest = new byte[length - MAX_PAYLOAD_BYTES];
    out.getBytes(begin + MAX_PAYLOAD_BYTES, rest);
    out.writerIndex(begin + MAX_PAYLOAD_BYTES);
    setHeader(out, start, MAX_PAYLOAD_BYTES, Http2FrameTypes.HEADERS, flags);
    for (int from = 0; from < rest.length; from += MAX_PAYLOAD_BYTES) {
      int count = Math.min(MAX_PAYLOAD_BYTES, rest.length - from);
      int end = from + count == rest.length ? Http2Flags.END_HEADERS : 0;
      writeHeader(out, count, Http2FrameTypes.CONTINUATION, end, STREAM);
      out.writeBytes(rest, from, count);
    }
  }

  private static void setHeader(ByteBuf out, int at, int length, int type, int flags) {
    int end = out.writerIndex();
    out.writerIndex(at);
    writeHeader(out, length, type, flags, STREAM);
    out.writerIndex(end);
  }

  private static void writeHeader(ByteBuf out, int length, int type, int flags, int stream) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }

  private static void writeWindowUpdate(ByteBuf out, int stream, int bytes) {
    writeHeader(out, Integer.BYTES, Http2FrameTypes.WINDOW_UPDATE, 0, stream);
    out.writeInt(bytes);
  }

  private static byte[] preface() {
    ByteBuf out = Unpooled.buffer();
    out.writeBytes(MAGIC);
    writeHeader(out, 3 * SETTING_BYTES, Http2FrameTypes.SETTINGS, 0, CONNECTION);
    out.writeShort(SETTING_ENABLE_PUSH).writeInt(0);
    out.writeShort(SETTING_INITIAL_WINDOW_SIZE).writeInt(WINDOW_BYTES);
    out.writeShort(SETTING_MAX_HEADER_LIST_SIZE).writeInt(ResponseDecoder.MAX_HEADER_BYTES);
    writeWindowUpdate(out, CONNECTION, CONNECTION_WINDOW_BYTES);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }
}
