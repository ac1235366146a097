package io.sonde.probe.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.sonde.net.http.BodyMemory;
import java.util.ArrayList;
import java.util.List;

/** Frames of a server that sends anything, in pieces of any size: Netty reads the same in them. */
public final class FramesFuzz {
  private static final int LIMIT = 1 << 20;
  private static final String REFUSED = "refused";
  private static final int HIGHEST_CODE = 4999;

  private FramesFuzz() {}

  /** The first byte says how large the pieces are. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    BodyMemory memory = new BodyMemory(4 * LIMIT);
    List<String> ours = ours(data, memory);
    List<String> theirs = theirs(data);
    // Netty takes codes that do not exist, and counts the bytes of frames, not of messages.
    boolean stricter = last(ours).equals(REFUSED) && !last(theirs).equals(REFUSED);
    int common = ours.size() - 1;
    boolean allowed =
        stricter
            && common <= theirs.size()
            && ours.subList(0, common).equals(theirs.subList(0, common));
    if (!ours.equals(theirs) && !allowed) {
      throw new AssertionError("expected " + theirs + ", got " + ours);
    }
    if (memory.taken() != 0) {
      throw new AssertionError("expected no memory to be taken, got " + memory.taken());
    }
  }

  private static List<String> ours(byte[] data, BodyMemory memory) {
    BodyMemory.Share share = memory.impatientShare();
    MessageReader reader = new MessageReader(share, LIMIT);
    List<String> events = new ArrayList<>();
    int piece = 1 + (data[0] & 0xff);
    ByteBuf pending = Unpooled.buffer();
    try {
      for (int at = 1; at < data.length && !isOver(events); at += piece) {
        pending.writeBytes(data, at, Math.min(piece, data.length - at));
        Incoming next = reader.next(pending);
        while (next != null && !isOver(events)) {
          events.add(told(next));
          next = isOver(events) ? null : reader.next(pending);
        }
        pending.discardReadBytes();
      }
    } catch (FrameException ignored) {
      events.add(REFUSED);
    } finally {
      share.leave();
    }
    return events;
  }

  private static String told(Incoming incoming) {
    if (incoming instanceof Incoming.Message message) {
      return (message.isText() ? "text " : "binary ") + ByteBufUtil.hexDump(message.payload());
    }
    if (incoming instanceof Incoming.Ping ping) {
      return "ping " + ByteBufUtil.hexDump(ping.payload());
    }
    return incoming instanceof Incoming.Close close
        ? "close " + close.code() + ' ' + close.reason()
        : "pong";
  }

  private static List<String> theirs(byte[] data) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .maxFramePayloadLength(LIMIT)
            .closeOnProtocolViolation(false)
            .build();
    EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(config));
    List<String> events = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    boolean refused = false;
    try {
      channel.writeInbound(Unpooled.copiedBuffer(data, 1, data.length - 1));
    } catch (DecoderException ignored) {
      refused = true;
    }
    for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      collect((WebSocketFrame) frame, message, events);
      ((WebSocketFrame) frame).release();
    }
    channel.finishAndReleaseAll();
    if (refused && !isOver(events)) {
      events.add(REFUSED);
    }
    return events;
  }

  private static void collect(WebSocketFrame frame, StringBuilder message, List<String> events) {
    String payload = ByteBufUtil.hexDump(frame.content());
    if (isOver(events)) {
      return;
    }
    if (frame instanceof PingWebSocketFrame) {
      events.add("ping " + payload);
    } else if (frame instanceof PongWebSocketFrame) {
      events.add("pong");
    } else if (frame instanceof CloseWebSocketFrame close) {
      boolean exists = close.statusCode() <= HIGHEST_CODE;
      int code = close.statusCode() < 0 ? Incoming.Close.NO_CODE : close.statusCode();
      events.add(exists ? "close " + code + ' ' + close.reasonText() : REFUSED);
    } else {
      message.append(frame instanceof TextWebSocketFrame ? "text " : "");
      message.append(frame instanceof BinaryWebSocketFrame ? "binary " : "");
      message.append(payload);
      if (frame.isFinalFragment()) {
        events.add(message.toString());
        message.setLength(0);
      } else if (!(frame instanceof ContinuationWebSocketFrame) && message.length() == 0) {
        throw new AssertionError("expected a kind of message");
      }
    }
  }

  private static boolean isOver(List<String> events) {
    return last(events).startsWith("close") || last(events).equals(REFUSED);
  }

  private static String last(List<String> events) {
    return events.isEmpty() ? "" : events.get(events.size() - 1);
  }
}
