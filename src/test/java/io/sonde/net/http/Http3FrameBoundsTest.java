package io.sonde.net.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http3.Http3Exception;
import io.sonde.testkit.Http3Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Http3FrameBoundsTest {
  private static final byte[] FRAMES = frames();

  private final Http3FrameBounds bounds = newBounds();
  private final EmbeddedChannel channel = new EmbeddedChannel(bounds);

  @Test
  void boundsAreFoundHoweverTheBytesArrive() {
    for (int size = 1; size <= FRAMES.length; size++) {
      for (int at = 0; at < FRAMES.length; at += size) {
        arrives(Arrays.copyOfRange(FRAMES, at, Math.min(FRAMES.length, at + size)));
      }
      assertFalse(bounds.isAmidFrame(), "pieces of " + size);
    }
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
    channel.checkException();
  }

  @Test
  void anEndAmidAFrameIsAnError() {
    arrives(Arrays.copyOf(FRAMES, FRAMES.length - 1));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
    assertThrows(Http3Exception.class, channel::checkException);
  }

  @Test
  void anEndAmidTheHeadOfAFrameIsAnError() {
    arrives(new byte[] {Http3Bytes.DATA, 0x40});
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
    assertThrows(Http3Exception.class, channel::checkException);
  }

  @Test
  void aSectionThatEndsAmidALineIsAnErrorAndNotPassedOn() {
    for (byte[] section :
        new byte[][] {{0}, {0, 0, (byte) 0xff}, {0, 0, 0x21, 'a'}, {0, 0, 0x27}}) {
      EmbeddedChannel fresh = new EmbeddedChannel(newBounds());
      byte[] frame = Http3Bytes.frame(Http3Bytes.HEADERS, section);
      assertThrows(Http3Exception.class, () -> fresh.writeInbound(Unpooled.wrappedBuffer(frame)));
      assertNull(fresh.readInbound());
    }
  }

  @Test
  void aPushIsRefusedBeforeItsFields() {
    byte[] begun = {5, 0x40};
    assertThrows(Http3Exception.class, () -> channel.writeInbound(Unpooled.wrappedBuffer(begun)));
  }

  private static Http3FrameBounds newBounds() {
    return new Http3FrameBounds(new HeaderMemory(1 << 20).share(close -> {}));
  }

  private void arrives(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    ByteBuf passed = channel.readInbound();
    assertEquals(bytes.length, passed.readableBytes());
    passed.release();
  }

  /** With types and lengths of one, two and eight bytes, and without a payload. */
  private static byte[] frames() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Http3Bytes.frame(Http3Bytes.HEADERS, Http3Bytes.section("a", "b")));
    out.writeBytes(Http3Bytes.frame(Http3Bytes.DATA, new byte[0]));
    out.writeBytes(Http3Bytes.frame(0x2f0, new byte[70]));
    out.writeBytes(Http3Bytes.frame(1 << 20, new byte[3]));
    return out.toByteArray();
  }
}
