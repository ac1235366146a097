package io.sonde.probe.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.sonde.net.connect.ReadStamp;
import io.sonde.net.http.BodyMemory;
import io.sonde.probe.ProbeRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last handler of a connection that was upgraded, and the one reader of what comes. Reading
 * stops while nobody uses what has come, so that a peer that floods costs a fixed amount of memory.
 * How the connection ends is kept for whoever has used up what came before.
 */
final class InboundFrames extends ChannelInboundHandlerAdapter {
  /** How much may wait to be used before reading stops. */
  private static final int ENOUGH_BYTES = 64 << 10;

  private final ProbeRun run;
  private final BodyMemory.Share memory;
  private final MessageReader reader;
  private @Nullable Runnable listener;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf pending;
  private @Nullable Throwable breakage;
  private boolean ended;

  /**
   * A handler for one connection.
   *
   * @param memory what messages are kept in
   * @param maxMessageBytes what a message may have at most
   */
  InboundFrames(ProbeRun run, BodyMemory.Share memory, int maxMessageBytes) {
    this.run = run;
    this.memory = memory;
    this.reader = new MessageReader(memory, maxMessageBytes);
  }

  /** What messages are kept in. */
  BodyMemory.Share memory() {
    return memory;
  }

  /** From now on {@code newListener} is told of everything that comes. */
  void tell(Runnable newListener) {
    listener = newListener;
  }

  /**
   * The next message, or the server's goodbye; null if neither has come yet. Pings in between are
   * answered.
   */
  @Nullable Incoming next() throws FrameException {
    boolean answers = false;
    try {
      while (pending != null) {
        Incoming incoming = reader.next(pending);
        if (!pending.isReadable()) {
          drop();
        }
        if (incoming instanceof Incoming.Ping ping) {
          answers = true;
          channel().write(new PongWebSocketFrame(Unpooled.wrappedBuffer(ping.payload())));
        } else if (!(incoming instanceof Incoming.Pong)) {
          return incoming;
        }
      }
      return null;
    } finally {
      if (answers) {
        channel().flush();
      }
    }
  }

  /** What broke the connection; null if nothing did. */
  @Nullable Throwable breakage() {
    return breakage;
  }

  /** Whether nothing more will come. */
  boolean hasEnded() {
    return ended;
  }

  /** When the bytes that were read last came, on the loop's clock. */
  long lastReadNanos() {
    return ReadStamp.of(channel()).lastReadNanos();
  }

  /** Reads, or stops reading, by what is waiting to be used. */
  void regulate() {
    ByteBuf waiting = pending;
    channel().config().setAutoRead(waiting == null || waiting.readableBytes() < ENOUGH_BYTES);
  }

  /** Forgets what was not used. */
  void drop() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
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
    if (run.settled() || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message); // The handshake's response ends with an empty body.
      return;
    }
    pending =
        pending == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, bytes);
    changed();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SslCloseCompletionEvent.SUCCESS) {
      ended();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (breakage == null && !ended) {
      breakage = cause;
      changed();
    }
  }

  private void ended() {
    if (breakage == null && !ended) {
      ended = true;
      changed();
    }
  }

  private void changed() {
    if (listener != null && !run.settled()) {
      listener.run();
    }
  }
}
