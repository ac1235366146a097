package io.sonde.server;

import static io.sonde.testkit.Http2Peer.END_HEADERS;
import static io.sonde.testkit.Http2Peer.END_STREAM;
import static io.sonde.testkit.Http2Peer.HEADERS;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.sonde.testkit.Http2Peer;
import io.sonde.testkit.Http2Peer.Frame;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A raw HTTP/2 client without TLS that sends the frames it is told to and reads what comes. */
final class Http2Client implements AutoCloseable {
  private static final int READ_MILLIS = 10_000;
  private static final int FRAME_HEADER_BYTES = 9;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(true, 1 << 20);

  /** One answer. */
  record Answer(String status, Http2Headers headers, String body) {}

  /** One that is connected and has said nothing yet. */
  Http2Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** One that has greeted, with these settings: numbers and values in turn. */
  static Http2Client greeting(int port, int... settings) throws IOException {
    Http2Client client = new Http2Client(port);
    client.send(Http2Peer.MAGIC.getBytes(StandardCharsets.US_ASCII), Http2Peer.settings(settings));
    return client;
  }

  void send(byte[]... frames) throws IOException {
    socket.getOutputStream().write(Http2Peer.all(frames));
  }

  /** Asks for a path. */
  void get(int stream, String path) throws IOException {
    send(request(stream, END_STREAM, "GET", path));
  }

  /** The head of a request. */
  static byte[] request(int stream, int flags, String method, String path, String... more) {
    byte[] block =
        Http2Peer.all(
            Http2Peer.block(
                ":method", method, ":scheme", "https", ":authority", "t", ":path", path),
            Http2Peer.block(more));
    return Http2Peer.frame(HEADERS, flags | END_HEADERS, stream, block);
  }

  /** Reads up to the first frame that fits. */
  Frame await(Predicate<Frame> fits) throws IOException {
    Frame frame;
    do {
      frame = read();
    } while (!fits.test(frame));
    return frame;
  }

  /** Reads up to a frame of that type. */
  Frame await(int type) throws IOException {
    return await(frame -> frame.type() == type);
  }

  /** Reads the answer on a stream; others must not come in between. */
  Answer answer(int stream) throws IOException {
    Frame head = awaitHead(stream);
    Http2Headers headers = decode(stream, head);
    String body = (head.flags() & END_STREAM) == 0 ? body(stream) : "";
    return new Answer(String.valueOf(headers.status()), headers, body);
  }

  /** Reads the rest of an answer whose head was read. */
  String body(int stream) throws IOException {
    StringBuilder body = new StringBuilder();
    Frame last;
    do {
      last = await(frame -> frame.type() == Http2Peer.DATA && frame.stream() == stream);
      body.append(StandardCharsets.UTF_8.decode(last.payload()));
    } while ((last.flags() & END_STREAM) == 0);
    return body.toString();
  }

  /** Reads the next head on a stream. */
  Http2Headers head(int stream) throws IOException {
    return decode(stream, awaitHead(stream));
  }

  private Frame awaitHead(int stream) throws IOException {
    return await(frame -> frame.type() == HEADERS && frame.stream() == stream);
  }

  /** The error that the server says goodbye with; the connection must end behind it. */
  int goodbye() throws IOException {
    ByteBuffer payload = await(Http2Peer.GOAWAY).payload();
    payload.getInt();
    int error = payload.getInt();
    if (!ended()) {
      throw new IOException("expected the connection to end");
    }
    return error;
  }

  /** Whether the server has closed the connection; reads up to its end. */
  boolean ended() throws IOException {
    try {
      await(frame -> false);
      return false;
    } catch (EOFException | SocketException ignored) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Frame read() throws IOException {
    byte[] header = in.readNBytes(FRAME_HEADER_BYTES);
    if (header.length < FRAME_HEADER_BYTES) {
      throw new EOFException();
    }
    int length = ByteBuffer.wrap(header).getInt() >>> 8;
    byte[] payload = in.readNBytes(length);
    return Frame.readFrom(ByteBuffer.wrap(Http2Peer.all(header, payload)));
  }

  private Http2Headers decode(int stream, Frame head) throws IOException {
    try {
      return hpack.decodeHeaders(stream, Unpooled.wrappedBuffer(head.payload()));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }
}
