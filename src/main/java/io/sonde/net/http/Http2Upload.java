package io.sonde.net.http;

import io.netty.channel.ChannelHandlerContext;

/**
 * Sends the body of one request as fast as the peer grants it (RFC 9113, section 6.9), and no
 * faster than the connection takes it.
 */
final class Http2Upload {
  private static final byte[] NOTHING = {};

  private final ChannelHandlerContext context;
  private final Exchange exchange;
  private byte[] body = NOTHING;
  private int sent;
  private boolean started;
  private boolean done;
  private long connectionWindow = Http2Frames.DEFAULT_WINDOW_BYTES;
  private long streamWindow = Http2Frames.DEFAULT_WINDOW_BYTES;
  private long initialWindow = Http2Frames.DEFAULT_WINDOW_BYTES;

  Http2Upload(ChannelHandlerContext context, Exchange exchange) {
    this.context = context;
    this.exchange = exchange;
  }

  /** Bytes have gone another way, as one whole body. */
  void sentAll(int bytes) {
    connectionWindow -= bytes;
    streamWindow -= bytes;
    done = true;
  }

  /** Begins to send. */
  void start(byte[] bytes) {
    body = bytes;
    started = true;
    send();
  }

  /** Whether there is still something to send. */
  boolean isUnderWay() {
    return started && !done && !exchange.isOver();
  }

  /**
   * The peer takes more.
   *
   * @throws Http2Violation if it takes nothing, or more than a window can be
   */
  void grant(int stream, int bytes) {
    if (bytes == 0) {
      throw new Http2Violation("a window update of nothing");
    }
    if (stream == Http2Frames.CONNECTION) {
      connectionWindow = checked(connectionWindow + bytes);
    } else {
      streamWindow = checked(streamWindow + bytes);
    }
    send();
  }

  /**
   * The peer has said how much it takes without being asked.
   *
   * @param bytes unsigned
   * @throws Http2Violation if that is more than a window can be
   */
  void initialWindow(long bytes) {
    streamWindow = checked(streamWindow + checked(bytes) - initialWindow);
    initialWindow = bytes;
    send();
  }

  /** Sends what may be sent now. */
  void send() {
    boolean some = false;
    while (isUnderWay() && context.channel().isWritable()) {
      int rest = body.length - sent;
      int count =
          (int)
              Math.min(
                  Math.min(rest, Http2Frames.MAX_PAYLOAD_BYTES),
                  Math.min(connectionWindow, streamWindow));
      if (rest > 0 && count <= 0) {
        break;
      }
      done = count == rest;
      context.write(Http2Frames.data(context.alloc(), body, sent, count, done));
      sent += count;
      connectionWindow -= count;
      streamWindow -= count;
      some = true;
    }
    if (some) {
      context.flush();
    }
  }

  private static long checked(long window) {
    if (window > Integer.MAX_VALUE) {
      throw new Http2Violation("a flow-control window of more than 2147483647 bytes");
    }
    return window;
  }
}
