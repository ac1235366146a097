package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    while (true) {
      int type = readFrame(conversation);
      boolean ofRequest = (type >> 8) == DATA || (type >> 8) == HEADERS;
      if (ofRequest && (type & END_STREAM) != 0) {
        return;
      }
    }
  }

  /** Reads one frame; returns its type and flags, a byte each. */
  public static int readFrame(Conversation conversation) throws IOException {
    int start = conversation.received().length();
    conversation.read(HEADER_BYTES);
    byte[] header = conversation.received().substring(start).getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer fields = ByteBuffer.wrap(header);
    int lengthAndType = fields.getInt();
    conversation.read(lengthAndType >>> 8);
    return ((lengthAndType & 0xff) << 8) | (fields.get() & 0xff);
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int rest = bytes.length - 127;
    out.write(Math.min(bytes.length, 127));
    if (rest >= 0) {
      for (; rest >= 128; rest >>>= 7) {
        out.write((rest & 0x7f) | 0x80);
      }
      out.write(rest);
    }
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
