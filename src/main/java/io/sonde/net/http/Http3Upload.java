package io.sonde.net.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;

/** Writes a request to its stream, and ends this side of the stream with it. */
final class Http3Upload {
  private static final int PIECE_BYTES = 64 << 10;

  private final QuicStreamChannel stream;
  private final ClientRequest request;

  Http3Upload(QuicStreamChannel stream, ClientRequest request) {
    this.stream = stream;
    this.request = request;
  }

  void sendHead() {
    Http3HeadersFrame frame = new DefaultHttp3HeadersFrame();
    Http3Fields.write(request, frame.headers());
    ChannelFuture written = stream.writeAndFlush(frame);
    if (request.body().isEmpty()) {
      written.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    }
  }

  void sendBody() {
    if (!request.body().isEmpty()) {
      sendFrom(0);
    }
  }

  /** Sends a piece when the one before has been taken; a peer may stop reading, and yet answer. */
  private void sendFrom(int start) {
    byte[] bytes = request.body().bytes();
    int size = Math.min(PIECE_BYTES, bytes.length - start);
    int next = start + size;
    ChannelFuture written =
        stream.writeAndFlush(new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(bytes, start, size)));
    if (next == bytes.length) {
      written.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
      return;
    }
    written.addListener(
        done -> {
          if (done.isSuccess()) {
            sendFrom(next);
          }
        });
  }
}
