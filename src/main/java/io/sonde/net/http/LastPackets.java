package io.sonde.net.http;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.quic.QuicChannel;

/**
 * Limits what a QUIC connection sends while it is being closed. Netty asks quiche for one packet
 * after the other until there is none, and there always is one if the connection is closed with an
 * error of HTTP/3, as Netty does when a peer breaks the rules, while a loss probe is due and the
 * peer has not confirmed the handshake: then quiche acknowledges without end what it has
 * acknowledged already, and the loop would never come back. So nobody gets a buffer for that.
 */
final class LastPackets extends ChannelOutboundHandlerAdapter {
  /** More than a connection in good order has left to say, even amid an upload. */
  private static final int MOST = 1_024;

  private boolean closing;
  private int packets;

  private LastPackets() {}

  /** The handler that limits {@code channel}, to be added below whoever may close it. */
  static ChannelHandler limit(QuicChannel channel) {
    LastPackets limit = new LastPackets();
    channel.config().setAllocator(limit.new Buffers(channel.alloc()));
    return limit;
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closing = true;
    ctx.close(promise);
  }

  /** The buffers that packets are written to. */
  private final class Buffers extends AbstractByteBufAllocator {
    private final ByteBufAllocator source;

    Buffers(ByteBufAllocator source) {
      super(true);
      this.source = source;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      return source.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      if (closing && ++packets > MOST) {
        throw new IllegalStateException(
            "expected the last packets of a connection, got more than " + MOST);
      }
      return source.directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
      return source.isDirectBufferPooled();
    }
  }
}
