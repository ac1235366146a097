package io.sonde.probe.tcp;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands at the end of a connection that is only opened: what the peer says unasked, and how the
 * connection ends later, interests nobody.
 */
@ChannelHandler.Sharable
final class NobodyListens extends ChannelInboundHandlerAdapter {
  static final NobodyListens INSTANCE = new NobodyListens();

  private NobodyListens() {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
