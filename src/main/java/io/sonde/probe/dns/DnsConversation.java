package io.sonde.probe.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.sonde.net.connect.ReadStamp;
import io.sonde.probe.Phase;
import io.sonde.probe.ProbeFailure;
import io.sonde.probe.ProbeRun;
import io.sonde.probe.Reason;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One question and its answer on one connection: datagrams (RFC 1035 section 4.2.1), or messages
 * after their length (section 4.2.2). The last handler of its connection's pipeline. Confined to
 * the run's loop.
 */
final class DnsConversation extends ChannelInboundHandlerAdapter {
  /** What a datagram may hold where nobody agreed on more; the rest is cut off. */
  private static final int MAX_DATAGRAM_BYTES = 512;

  private static final int LENGTH_BYTES = 2;

  /** The longest message that its length can tell, after that length. */
  private static final int MAX_FRAME_BYTES = LENGTH_BYTES + 0xffff;

  private final ProbeRun run;
  private final boolean stream;
  private final int id = ThreadLocalRandom.current().nextInt(1 << 16);
  private final CompletableFuture<DnsMessage> answer = new CompletableFuture<>();
  private @Nullable ChannelHandlerContext context;
  private boolean asked;

  /** A conversation over a stream, or over datagrams. */
  DnsConversation(ProbeRun run, boolean stream) {
    this.run = run;
    this.stream = stream;
  }

  /**
   * Asks on the connection, which stands. The stage completes with the first well-formed message
   * that has the question's id, or with a {@link ProbeFailure} of phase PROCESSING. Over datagrams
   * well-formed messages with other ids are passed over; a stream carries no others.
   */
  CompletionStage<DnsMessage> ask(DnsQuery query) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("expected a connection that stands");
    }
    run.timeline().enter(Phase.PROCESSING, 0, run.nanoTime());
    asked = true;
    ByteBuf message = Unpooled.wrappedBuffer(query.withId(id));
    if (stream) {
      ByteBuf length = ctx.alloc().buffer(LENGTH_BYTES).writeShort(message.readableBytes());
      message = Unpooled.wrappedBuffer(length, message);
    }
    ctx.writeAndFlush(message)
        .addListener(
            written -> {
              if (written.cause() != null) {
                exceptionCaught(ctx, written.cause());
              }
            });
    return answer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    if (stream) {
      ChannelHandler frames =
          new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES);
      ctx.pipeline().addBefore(ctx.name(), null, frames);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      ByteBuf bytes = message instanceof DatagramPacket packet ? cut(packet) : (ByteBuf) message;
      if (asked && !answer.isDone() && !run.settled()) {
        onMessage(ctx, ByteBufUtil.getBytes(bytes));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(Reason.CLOSED, "the server closed the connection before it answered");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof PortUnreachableException) {
      fail(Reason.REFUSED, "nobody listens at " + ctx.channel().remoteAddress());
    } else if (cause instanceof IOException) {
      fail(Reason.CLOSED, "the connection broke before the answer: " + cause.getMessage());
    } else if (asked && !run.settled()) {
      answer.completeExceptionally(cause);
    }
  }

  private static ByteBuf cut(DatagramPacket packet) {
    ByteBuf bytes = packet.content();
    return bytes.readSlice(Math.min(MAX_DATAGRAM_BYTES, bytes.readableBytes()));
  }

  private void onMessage(ChannelHandlerContext ctx, byte[] bytes) {
    DnsMessage message;
    try {
      message = DnsMessage.parse(bytes);
    } catch (MalformedMessageException e) {
      fail(Reason.PROTOCOL, "malformed answer: " + e.getMessage());
      return;
    }
    if (message.id() == id) {
      run.timeline().complete(ReadStamp.of(ctx.channel()).lastReadNanos());
      answer.complete(message);
    } else if (stream) {
      fail(Reason.PROTOCOL, "an answer to another question");
    }
  }

  private void fail(Reason reason, String message) {
    if (asked && !run.settled()) {
      answer.completeExceptionally(new ProbeFailure(Phase.PROCESSING, reason, message));
    }
  }
}
