package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.util.ReferenceCountUtil;

/**
 * Follows where the frames of a stream begin and end, so that an end of the stream amid a frame is
 * an error (RFC 9114, section 7.1): Netty's codec takes it for the end of a shorter frame. Charges
 * field sections before that codec takes them apart, and keeps from it what it cannot stand. Sits
 * below it, and changes nothing.
 */
final class Http3FrameBounds extends ChannelInboundHandlerAdapter {
  private static final int NUMBERS = 2;
  private static final long HEADERS = 1;
  private static final long PUSH_PROMISE = 5;

  private final HeaderMemory.Share memory;
  private final QpackLines lines;

  /** Which number of a frame's head is being read: its type, its length; else its payload is. */
  private int number;

  private long value;
  private int bytesOfNumberLeft;
  private long type;
  private long payloadLeft;
  private long payloadBytes;
  private boolean refused;

  Http3FrameBounds(HeaderMemory.Share memory) {
    this.memory = memory;
    this.lines = new QpackLines(memory);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused || (message instanceof ByteBuf bytes && !isFine(ctx, bytes))) {
      ReferenceCountUtil.release(message);
      return;
    }
    ctx.fireChannelRead(message);
  }

  private boolean isFine(ChannelHandlerContext ctx, ByteBuf bytes) {
    try {
      follow(bytes);
      return true;
    } catch (Http3Exception | HeaderLimitException e) {
      refused = true;
      ctx.fireExceptionCaught(e);
      return false;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownReadComplete.INSTANCE && isAmidFrame()) {
      ctx.fireExceptionCaught(
          new Http3Exception(Http3ErrorCode.H3_FRAME_ERROR, "the stream ends amid a frame"));
    }
    ctx.fireUserEventTriggered(event);
  }

  boolean isAmidFrame() {
    return number > 0 || bytesOfNumberLeft > 0;
  }

  private void follow(ByteBuf bytes) throws Http3Exception {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (number < NUMBERS) {
        read(bytes.getUnsignedByte(at));
        at++;
      } else {
        long taken = Math.min(payloadLeft, bytes.writerIndex() - at);
        payloadLeft -= taken;
        if (type == HEADERS) {
          lines.follow(bytes, at, at + (int) taken);
          memory.unread((int) Math.min(Integer.MAX_VALUE, payloadBytes - payloadLeft));
        }
        at += (int) taken;
      }
      if (number == NUMBERS && payloadLeft == 0) {
        number = 0;
      }
    }
  }

  /** Reads a byte of a number whose first two bits tell its size (RFC 9000, section 16). */
  private void read(int octet) throws Http3Exception {
    if (bytesOfNumberLeft == 0) {
      bytesOfNumberLeft = 1 << (octet >> 6);
      value = octet & 0x3f;
    } else {
      value = value << 8 | octet;
    }
    bytesOfNumberLeft--;
    if (bytesOfNumberLeft == 0) {
      number++;
      if (number < NUMBERS) {
        type = value;
        check(type);
      } else {
        begin(value);
      }
    }
  }

  private static void check(long type) throws Http3Exception {
    if (type == PUSH_PROMISE) {
      throw new Http3Exception(Http3ErrorCode.H3_ID_ERROR, "a push, which nobody allowed");
    }
  }

  private void begin(long length) {
    payloadLeft = length;
    payloadBytes = length;
    if (type == HEADERS) {
      lines.begin(length);
    }
  }
}
