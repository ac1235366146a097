package io.sonde.net.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Sits between a socket and QUIC, and tells how the socket fares. */
final class QuicPackets extends ChannelDuplexHandler {
  /** Whoever wants to know. */
  interface Listener {
    /** A packet came. */
    void onPacket();

    /** The socket could not send, or was told by the system that nobody is listening. */
    void onSocketError(Throwable cause);
  }

  private @Nullable Listener listener;

  QuicPackets(Listener listener) {
    this.listener = listener;
  }

  /** Netty's codec, which outlives its connection for a while, keeps hold of its neighbours. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    listener = null;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (listener != null) {
      listener.onPacket();
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof DatagramPacket packet && !packet.content().isReadable()) {
      // Netty's way to learn that everything before has been written.
      ReferenceCountUtil.release(message);
      promise.trySuccess();
      return;
    }
    ctx.write(message, promise)
        .addListener(
            written -> {
              if (written.cause() != null) {
                tell(written.cause());
              }
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    tell(cause);
  }

  private void tell(Throwable cause) {
    if (listener != null) {
      listener.onSocketError(cause);
    }
  }
}
