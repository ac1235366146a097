package io.sonde.net.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Knows when a connection's socket was last read. The dialer puts it at the head of each pipeline,
 * below TLS. Confined to the channel's loop.
 */
public final class ReadStamp extends ChannelInboundHandlerAdapter {
  private long lastReadNanos;

  ReadStamp() {}

  /** The stamp of {@code channel}, which the dialer must have opened. */
  public static ReadStamp of(Channel channel) {
    ReadStamp stamp = channel.pipeline().get(ReadStamp.class);
    if (stamp == null) {
      throw new IllegalArgumentException("not opened by a Dialer: " + channel);
    }
    return stamp;
  }

  /** When bytes last came from the socket, on the loop's clock; 0 before the first ones. */
  public long lastReadNanos() {
    return lastReadNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lastReadNanos = ctx.channel().eventLoop().ticker().nanoTime();
    ctx.fireChannelRead(message);
  }
}
