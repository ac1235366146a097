package io.sonde.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpVersion;
import io.sonde.server.ResponseEncoder.Connection;
import java.util.concurrent.TimeUnit;

/** The outbound side of an HTTP/1 connection: each answer is one buffer and one flush. */
final class ResponseWriter {
  /** How long a refused client may go on sending before the connection is cut. */
  private static final long LINGER_MILLIS = 500;

  private final Channel channel;
  private final LoopState loopState;

  ResponseWriter(Channel channel, LoopState loopState) {
    this.channel = channel;
    this.loopState = loopState;
  }

  /** Writes an answer, after which the connection ends unless it is to be kept. */
  void write(Exchange exchange, ResponseHead head, byte[] body, int length, boolean keepAlive) {
    boolean old = exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_0);
    Connection after =
        !keepAlive ? Connection.CLOSED : old ? Connection.KEPT_FOR_OLD : Connection.KEPT;
    ByteBuf out =
        ResponseEncoder.encode(
            channel.alloc(),
            head,
            exchange.fieldsBeside(head),
            loopState.date(),
            after,
            body,
            exchange.isHead() ? 0 : length,
            length);
    if (keepAlive) {
      channel.writeAndFlush(out, channel.voidPromise());
    } else {
      channel.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Lets a client send its body that asked before. */
  void goOn() {
    channel.writeAndFlush(ResponseEncoder.goOn());
  }

  /** Ends the connection behind what was written. */
  void end() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * Answers something that is no request of ours, and ends the connection. The client may still be
   * sending: closing at once would make the kernel reset the connection and the client lose the
   * answer, so what comes is read and thrown away for a moment.
   */
  void refuse(Refusal refusal) {
    loopState.requests().refused(refusal.counted());
    ByteBuf out = refusal.encoded(channel.alloc(), loopState.date());
    channel.config().setAutoRead(true);
    channel.writeAndFlush(out).addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether some of what was written still waits for the client to take it. */
  boolean hasUnsentBytes() {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return unsent != null && unsent.totalPendingWriteBytes() > 0;
  }
}
