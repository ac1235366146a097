package io.sonde.server.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Has further clients wait in the backlog while there is no room for them: a scrape that comes a
 * little late is better than one that is reset. Confined to the event loop of the listener.
 */
final class Turnstile extends ChannelInboundHandlerAdapter {
  private static final long LOOK_MILLIS = 20;

  private final Visitors visitors;
  private boolean isHeld;

  Turnstile(Visitors visitors) {
    this.visitors = visitors;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    boolean more = visitors.arrived((Channel) accepted);
    context.fireChannelRead(accepted);
    if (!more && !isHeld) {
      isHeld = true;
      context.channel().config().setAutoRead(false);
      lookLater(context);
    }
  }

  private void lookLater(ChannelHandlerContext context) {
    context.executor().schedule(() -> look(context), LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(ChannelHandlerContext context) {
    if (!context.channel().isOpen()) {
      return;
    }
    if (visitors.hasRoom(context.channel().eventLoop())) {
      isHeld = false;
      context.channel().config().setAutoRead(true);
    } else {
      lookLater(context);
    }
  }
}
