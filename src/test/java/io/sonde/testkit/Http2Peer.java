package io.sonde.testkit;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Scripts of HTTP/2 servers, frame by frame, for a {@link Peer} to follow: whatever a server may
 * say, in whatever order. Knows no more of HTTP/2 than it takes to misbehave.
 */
public final class Http2Peer {
  /** What an HTTP/2 client begins with. */
  public static final String MAGIC = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;
  public static final int PADDED = 8;

  private static final int HEADER_BYTES = 9;

  private Http2Peer() {}

  /**
   * A request.
   *
   * @param fields the header fields, each as {@code name: value}
   * @param body what followed, as UTF-8
   */
  public record Request(List<String> fields, String body) {}

  /** A frame that a client sent. */
  public record Frame(int type, int flags, int stream, ByteBuffer payload) {
    /** The frame at the position of {@code in}, which moves on to the next one. */
    public static Frame readFrom(ByteBuffer in) {
      int lengthAndType = in.getInt();
      int flags = in.get() & 0xff;
      int stream = in.getInt();
      byte[] payload = new byte[lengthAndType >>> 8];
      in.get(payload);
      return new Frame(lengthAndType & 0xff, flags, stream, ByteBuffer.wrap(payload));
    }

    private boolean isOfRequest() {
      return type == DATA || type == HEADERS || type == CONTINUATION;
    }
  }

  /** Makes the next steps of {@code peer} those of a server up to the end of a request. */
  public static Peer reads(Peer peer, SSLContext context) {
    return peer.startsTls(context, "h2").sends(settings()).does(Http2Peer::readRequest);
  }

  /** Makes the next steps of {@code peer} a request and its answer, after which it closes. */
  public static Peer answers(Peer peer, SSLContext context, byte[]... frames) {
    return reads(peer, context).sends(all(frames)).closes();
  }

  /** A response with a body. */
  public static byte[] ok(String body) {
    return all(headers(0, ":status", "200"), data(END_STREAM, body));
  }

  /** Settings as numbers and values. */
  public static byte[] settings(int... settings) {
    ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
    for (int i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    return frame(SETTINGS, 0, 0, payload.array());
  }

  /** A whole header block of names and values, with further flags. */
  public static byte[] headers(int flags, String... fields) {
    return frame(HEADERS, flags | END_HEADERS, 1, block(fields));
  }

  /** A piece of a body. */
  public static byte[] data(int flags, String body) {
    return data(flags, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A piece of a body. */
  public static byte[] data(int flags, byte[] body) {
    return frame(DATA, flags, 1, body);
  }

  /** A frame whose payload is one number. */
  public static byte[] frame(int type, int flags, int stream, int number) {
    return frame(type, flags, stream, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /** Any frame. */
  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** Says that the connection is going away, and that streams up to {@code last} were seen. */
  public static byte[] goAway(int last, int error) {
    byte[] payload = ByteBuffer.allocate(2 * Integer.BYTES).putInt(last).putInt(error).array();
    return frame(GOAWAY, 0, 0, payload);
  }

  /** Names and values as HPACK literals. */
  public static byte[] block(String... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      out.write(0);
      string(out, fields[i]);
      string(out, fields[i + 1]);
    }
    return out.toByteArray();
  }

  /** Byte strings one after the other. */
  public static byte[] all(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Reads the preface and all frames of a request up to its last one. */
  public static void readRequest(Conversation conversation) throws IOException {
    conversation.read(MAGIC.length());
    readToEndOfStream(conversation);
  }

  /** Reads frames up to the last one of a request. */
  public static void readToEndOfStream(Conversation conversation) throws IOException {
    Frame frame;
    do {
      frame = readFrame(conversation);
    } while (!frame.isOfRequest() || (frame.flags & END_STREAM) == 0);
    while (frame.type != DATA && (frame.flags & END_HEADERS) == 0) {
      frame = readFrame(conversation);
    }
  }

  /** Reads one frame. */
  public static Frame readFrame(Conversation conversation) throws IOException {
    int start = conversation.received().length();
    conversation.read(HEADER_BYTES);
    conversation.read(bytes(conversation.received().substring(start)).getInt() >>> 8);
    return Frame.readFrom(bytes(conversation.received().substring(start)));
  }

  /** The request that has arrived on a connection, as far as it has. */
  public static Request request(Conversation conversation) {
    ByteBuffer received = bytes(conversation.received().substring(MAGIC.length()));
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (received.remaining() >= HEADER_BYTES) {
      Frame frame = Frame.readFrom(received);
      if (frame.isOfRequest()) {
        byte[] payload = new byte[frame.payload.remaining()];
        frame.payload.get(payload);
        (frame.type == DATA ? body : block).writeBytes(payload);
      }
    }
    return new Request(fields(block.toByteArray()), body.toString(StandardCharsets.UTF_8));
  }

  private static List<String> fields(byte[] block) {
    try {
      List<String> fields = new ArrayList<>();
      new DefaultHttp2HeadersDecoder(true, 1 << 20)
          .decodeHeaders(1, Unpooled.wrappedBuffer(block))
          .forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
      return fields;
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ByteBuffer bytes(String latin1) {
    return ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.write(Math.min(bytes.length, 127));
    if (bytes.length >= 127) {
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>>= 7) {
        out.write((rest & 0x7f) | 0x80);
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }
}
