package io.sonde.probe.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.sonde.net.connect.ReadStamp;
import io.sonde.net.dialogue.Lines;
import io.sonde.probe.ProbeRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last handler of a connection that a dialogue is led on, and the one reader of what comes.
 * Reading stops while nobody uses what has come, so that a peer that floods costs a fixed amount of
 * memory. How the connection ends is kept for whoever has used up what came before.
 */
final class InboundHandler extends ChannelInboundHandlerAdapter {
  /** How much may wait to be used before reading stops: the longest line, and the next one. */
  private static final int ENOUGH_BYTES = 2 * (Lines.MAX_LINE_BYTES + 1);

  private final ProbeRun run;
  private final Lines lines = new Lines();
  private @Nullable Runnable listener;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Throwable breakage;

  InboundHandler(ProbeRun run) {
    this.run = run;
  }

  /** From now on {@code listener} is told of everything that comes. */
  void tell(Runnable newListener) {
    listener = newListener;
  }

  /** What has come; over TLS, what was said there. */
  Lines lines() {
    return lines;
  }

  /** What broke the connection; null if nothing did. */
  @Nullable Throwable breakage() {
    return breakage;
  }

  /** When the bytes that were read last came, on the loop's clock. */
  long lastReadNanos() {
    return ReadStamp.of(channel()).lastReadNanos();
  }

  /** Reads, or stops reading, by what is waiting to be used and what is wanted. */
  void regulate(int wantedBytes) {
    channel().config().setAutoRead(lines.size() < Math.max(ENOUGH_BYTES, wantedBytes));
  }

  /**
   * Whether a peer may be done with speaking and still be spoken to. A handler of TLS would not
   * notice such an end.
   */
  void mayEndBeforeUs(boolean may) {
    channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, may);
  }

  Channel channel() {
    return Objects.requireNonNull(context, "expected a connection").channel();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!run.settled()) {
        lines.add(bytes);
      }
    } finally {
      bytes.release();
    }
    changed();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
      ended();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (breakage == null && !lines.hasEnded()) {
      breakage = cause;
      changed();
    }
  }

  private void ended() {
    // What is unfinished when a connection breaks is no line.
    if (breakage == null && !lines.hasEnded()) {
      lines.end();
      changed();
    }
  }

  private void changed() {
    if (listener != null && !run.settled()) {
      listener.run();
    }
  }
}
