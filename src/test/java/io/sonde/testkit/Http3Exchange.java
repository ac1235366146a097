package io.sonde.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http3.DefaultHttp3GoAwayFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One request that an {@link Http3Peer} got, and what it does about it, byte for byte if need be:
 * {@code exchange.head(200).data("hello").ends()}. Confined to the peer's thread, but for what it
 * tells of the request.
 */
public final class Http3Exchange {
  private static final int MOMENT_MILLIS = 100;

  private final QuicStreamChannel stream;
  private final List<String> lines = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private Http3Exchange(QuicStreamChannel stream) {
    this.stream = stream;
  }

  /** The fields of the request as lines, in order. */
  public List<String> lines() {
    return lines;
  }

  /** The value of a field, or "(none)"; several are joined. */
  public String value(String name) {
    String prefix = name + ": ";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .reduce((a, b) -> a + " + " + b)
        .orElse("(none)");
  }

  /** The body of the request. */
  public String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Answers with a body and its length, and ends. */
  public void answers(int status, String text, String... namesAndValues) {
    head(status, namesAndValues).data(text).ends();
  }

  /** Sends a head. */
  public Http3Exchange head(int status, String... namesAndValues) {
    return sends(Http3Bytes.head(status, namesAndValues));
  }

  /** Sends a piece of a body. */
  public Http3Exchange data(String text) {
    return data(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a piece of a body. */
  public Http3Exchange data(byte[] bytes) {
    return sends(Http3Bytes.frame(Http3Bytes.DATA, bytes));
  }

  /** Sends any bytes on the stream. */
  public Http3Exchange sends(byte[] bytes) {
    ByteBuf buffer = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    stream.pipeline().context(Wire.class).writeAndFlush(buffer);
    return this;
  }

  /** Sends so many bytes of a body, as fast as they are taken, and ends. */
  public void floods(long bytes) {
    byte[] piece = new byte[(int) Math.min(bytes, 64 << 10)];
    if (piece.length == 0) {
      ends();
      return;
    }
    ByteBuf buffer = Unpooled.wrappedBuffer(Http3Bytes.frame(Http3Bytes.DATA, piece));
    stream
        .pipeline()
        .context(Wire.class)
        .writeAndFlush(buffer)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                stream.eventLoop().execute(() -> floods(bytes - piece.length));
              }
            });
  }

  /** Does something a moment later, when what was sent has arrived. */
  public void later(Runnable step) {
    stream.eventLoop().schedule(step, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the stream in good order. */
  public void ends() {
    stream
        .pipeline()
        .context(Wire.class)
        .writeAndFlush(new DefaultQuicStreamFrame(Unpooled.EMPTY_BUFFER, true));
  }

  /** Resets the stream. */
  public void resets(int code) {
    stream.shutdownOutput(code);
  }

  /** Reads no more of the request. */
  public Http3Exchange stopsReading(int code) {
    stream.shutdownInput(code);
    return this;
  }

  /** Says that it will not serve requests from that stream on. */
  public Http3Exchange goesAway(long streamId) {
    QuicStreamChannel control = Http3.getLocalControlStream(connection());
    if (control == null) {
      throw new AssertionError("expected a control stream");
    }
    control.writeAndFlush(new DefaultHttp3GoAwayFrame(streamId));
    return this;
  }

  /** Closes the connection. */
  public void closesConnection(boolean ofHttp, int code, String reason) {
    connection().close(ofHttp, code, Unpooled.copiedBuffer(reason, StandardCharsets.UTF_8));
  }

  /** The connection. */
  public QuicChannel connection() {
    return stream.parent();
  }

  /** Sits right above QUIC, so that bytes can be sent as they are. */
  private static final class Wire extends ChannelHandlerAdapter {}

  /** Reads the request; then it is the script's turn. */
  static final class Reader extends ChannelInboundHandlerAdapter {
    private final Http3Exchange exchange;
    private final Http3Peer peer;

    Reader(Http3Peer peer, QuicStreamChannel stream) {
      this.peer = peer;
      this.exchange = new Http3Exchange(stream);
      stream.pipeline().addFirst(new Wire());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Http3HeadersFrame frame) {
        for (Map.Entry<CharSequence, CharSequence> field : frame.headers()) {
          exchange.lines.add(field.getKey() + ": " + field.getValue());
        }
        peer.onHead(exchange);
      } else if (message instanceof Http3DataFrame frame) {
        byte[] bytes = new byte[frame.content().readableBytes()];
        frame.content().readBytes(bytes);
        exchange.body.writeBytes(bytes);
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownReadComplete.INSTANCE) {
        peer.onRequest(exchange);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // Clients may leave.
    }
  }
}
