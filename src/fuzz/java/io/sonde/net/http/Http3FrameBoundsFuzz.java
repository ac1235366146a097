package io.sonde.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http3.Http3Exception;
import java.math.BigInteger;
import java.util.Arrays;

/** Frames of HTTP/3 in pieces of any size, followed beside a reader that has them as a whole. */
public final class Http3FrameBoundsFuzz {
  private static final int PIECE_MASK = 0x1f;
  private static final BigInteger NUMBER_MASK =
      BigInteger.ONE.shiftLeft(62).subtract(BigInteger.ONE);

  private Http3FrameBoundsFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(data, 1, data.length);
    int piece = 1 + (data[0] & PIECE_MASK);
    Http3FrameBounds bounds = new Http3FrameBounds(HeaderMemory.ofHeap().share(close -> {}));
    EmbeddedChannel channel = new EmbeddedChannel(bounds);
    for (int at = 0; at < stream.length; at += piece) {
      int end = Math.min(at + piece, stream.length);
      if (!isTaken(channel, Unpooled.wrappedBuffer(stream, at, end - at))) {
        break;
      }
      ByteBuf passed = channel.readInbound();
      if (!passed.equals(Unpooled.wrappedBuffer(stream, at, end - at))) {
        throw new AssertionError("expected the bytes as they came");
      }
      passed.release();
      if (bounds.isAmidFrame() != endsAmidFrame(stream, end)) {
        throw new AssertionError("expected the other of " + bounds.isAmidFrame() + " at " + end);
      }
    }
    channel.finishAndReleaseAll();
  }

  /** Whether it is passed on, as opposed to refused with a sentence. */
  private static boolean isTaken(EmbeddedChannel channel, ByteBuf piece) {
    try {
      return channel.writeInbound(piece);
    } catch (Exception e) {
      if (e instanceof HeaderLimitException || e instanceof Http3Exception) {
        return false;
      }
      throw e;
    }
  }

  private static boolean endsAmidFrame(byte[] stream, int end) {
    int at = 0;
    while (at < end) {
      int lengthAt = at + numberSize(stream[at]);
      if (lengthAt >= end) {
        return true;
      }
      int payloadAt = lengthAt + numberSize(stream[lengthAt]);
      if (payloadAt > end) {
        return true;
      }
      BigInteger length =
          new BigInteger(1, Arrays.copyOfRange(stream, lengthAt, payloadAt))
              .and(mask(payloadAt - lengthAt));
      if (length.compareTo(BigInteger.valueOf(end - payloadAt)) > 0) {
        return true;
      }
      at = payloadAt + length.intValueExact();
    }
    return false;
  }

  private static int numberSize(byte first) {
    return 1 << ((first & 0xff) >> 6);
  }

  private static BigInteger mask(int bytes) {
    return NUMBER_MASK.shiftRight(Long.SIZE - bytes * Byte.SIZE);
  }
}
