package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.sonde.net.connect.UnexpectedBytes;
import java.util.List;

/**
 * Cuts what a server sends into frames (RFC 9113, section 4.1), and refuses at once what does not
 * begin like HTTP/2. No frame is larger than what we asked for, and no more than one is kept.
 */
final class Http2FrameDecoder extends ByteToMessageDecoder {
  /** Takes frames, one after the other. */
  interface Frames {
    /** Whether nothing matters any more. */
    boolean areOver();

    /** A frame. Its payload is lent. */
    void frame(int type, int flags, int stream, ByteBuf payload);

    /** What came instead of a frame, in a sentence; nothing follows. */
    void garbage(String description);
  }

  private final Frames frames;
  private boolean greeted;

  Http2FrameDecoder(Frames frames) {
    this.frames = frames;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (frames.areOver()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < Http2Frames.HEADER_BYTES) {
      return;
    }
    int start = in.readerIndex();
    int length = in.getUnsignedMedium(start);
    int type = in.getUnsignedByte(start + 3);
    int flags = in.getUnsignedByte(start + 4);
    int stream = in.getInt(start + 5) & Integer.MAX_VALUE;
    if (!greeted && !isGreeting(length, type, flags, stream)) {
      frames.garbage(UnexpectedBytes.describe("HTTP/2", in));
      return;
    }
    greeted = true;
    if (length > Http2Frames.MAX_PAYLOAD_BYTES) {
      frames.garbage(
          "a frame of "
              + length
              + " bytes, more than the "
              + Http2Frames.MAX_PAYLOAD_BYTES
              + " that are allowed");
      return;
    }
    if (in.readableBytes() >= Http2Frames.HEADER_BYTES + length) {
      in.skipBytes(Http2Frames.HEADER_BYTES);
      frames.frame(type, flags, stream, in.readSlice(length));
    }
  }

  /** Settings come first (RFC 9113, section 3.4); who is leaving may say just that. */
  private static boolean isGreeting(int length, int type, int flags, int stream) {
    return stream == Http2Frames.CONNECTION
        && length <= Http2Frames.MAX_PAYLOAD_BYTES
        && ((type == Http2FrameTypes.SETTINGS && (flags & Http2Flags.ACK) == 0)
            || type == Http2FrameTypes.GO_AWAY);
  }
}
