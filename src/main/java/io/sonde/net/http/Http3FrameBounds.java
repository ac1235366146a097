package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;

/**
 * Follows where the frames of a stream begin and end, so that an end of the stream amid a frame is
 * an error (RFC 9114, section 7.1): Netty's codec takes it for the end of a shorter frame. Sits
 * below that codec, and changes nothing.
 */
final class Http3FrameBounds extends ChannelInboundHandlerAdapter {
  private static final int NUMBERS = 2;

  /** Which number of a frame's head is being read: its type, its length; else its payload is. */
  private int number;

  private long value;
  private int bytesOfNumberLeft;
  private long payloadLeft;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      follow(bytes);
    }
    ctx.fireChannelRead(message);
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

  private void follow(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (number < NUMBERS) {
        read(bytes.getUnsignedByte(at));
        at++;
      } else {
        long taken = Math.min(payloadLeft, bytes.writerIndex() - at);
        payloadLeft -= taken;
        at += (int) taken;
      }
      if (number == NUMBERS && payloadLeft == 0) {
        number = 0;
      }
    }
  }

  /** Reads a byte of a number whose first two bits tell its size (RFC 9000, section 16). */
  private void read(int octet) {
    if (bytesOfNumberLeft == 0) {
      bytesOfNumberLeft = 1 << (octet >> 6);
      value = octet & 0x3f;
    } else {
      value = value << 8 | octet;
    }
    bytesOfNumberLeft--;
    if (bytesOfNumberLeft == 0) {
      payloadLeft = value;
      number++;
    }
  }
}
