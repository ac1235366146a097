package io.sonde.e2e;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks HTTP/2 frame by frame, as the script says that the request's path names.
 * Each connection serves one request. Of header fields only the order of the pseudo-header fields
 * is noted: the reference sends all others in any order. The reference's gRPC has another order
 * than its HTTP, neither of which means anything, so not even that one is noted there.
 */
final class Http2Peer implements Closeable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  private static final int PREFACE_BYTES = 24;
  private static final int PATIENCE_MILLIS = 15_000;

  /** What the peer does once it has read a request. */
  interface Script {
    void play(Arrivals.Request request, Stream stream) throws IOException;
  }

  /** The peer's end of the connection, whose request is on stream 1. */
  record Stream(DataInputStream in, OutputStream out) {
    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
      ByteBuffer head = ByteBuffer.allocate(9).putInt(payload.length << 8 | type);
      out.write(head.put((byte) flags).putInt(stream).array());
      out.write(payload);
      out.flush();
    }

    /** A header block of names and values, none of them compressed. */
    void headers(int flags, String... fields) throws IOException {
      frame(HEADERS, flags | END_HEADERS, 1, block(fields));
    }

    void data(int flags, String text) throws IOException {
      frame(DATA, flags, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame whose payload is numbers of 32 bits. */
    void numbers(int type, int stream, int... numbers) throws IOException {
      ByteBuffer payload = ByteBuffer.allocate(4 * numbers.length);
      for (int number : numbers) {
        payload.putInt(number);
      }
      frame(type, 0, stream, payload.array());
    }

    /** Hears on and says nothing until the other side leaves. */
    void keepSilent() throws IOException {
      while (in.read() >= 0) {
        continue;
      }
    }
  }

  private final String place;
  private final ServerSocket server;
  private final Map<String, Script> scripts;

  private Http2Peer(String place, ServerSocket server, Map<String, Script> scripts) {
    this.place = place;
    this.server = server;
    this.scripts = scripts;
  }

  /** Starts it on a loopback port; {@code server} is an unbound socket, plain or TLS. */
  static Http2Peer start(
      String place, int port, ServerSocket server, Map<String, Script> scripts, Arrivals arrivals)
      throws IOException {
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
    Http2Peer peer = new Http2Peer(place, server, scripts);
    arrivals.accept(peer.server, place, peer::serve);
    return peer;
  }

  private void serve(Socket accepted, Arrivals.Connection connection) {
    try (Socket socket = accepted;
        connection) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      List<String> tls =
          socket instanceof SSLSocket ? TlsPeer.handshake((SSLSocket) socket, "h2") : List.of();
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      Stream stream = new Stream(in, socket.getOutputStream());
      stream.frame(SETTINGS, 0, 0, new byte[0]);
      in.readNBytes(PREFACE_BYTES);
      Arrivals.Request request = read(stream, tls);
      connection.sent(request);
      scripts.getOrDefault(GrpcScripts.name(request), scripts.get("record")).play(request, stream);
      socket.setSoTimeout(500);
      stream.keepSilent();
    } catch (IOException | Http2Exception ignored) {
      // The other side left early, which many a script provokes.
    }
  }

  private Arrivals.Request read(Stream stream, List<String> tls)
      throws IOException, Http2Exception {
    DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    ByteBuf block = Unpooled.buffer();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Http2Headers fields = null;
    for (boolean ended = false; !ended || fields == null; ) {
      int lengthAndType = stream.in().readInt();
      int type = lengthAndType & 0xff;
      int flags = stream.in().readUnsignedByte();
      stream.in().readInt();
      byte[] payload = stream.in().readNBytes(lengthAndType >>> 8);
      if (type == HEADERS || type == CONTINUATION) {
        block.writeBytes(payload);
        fields = (flags & END_HEADERS) != 0 ? decoder.decodeHeaders(1, block) : null;
      } else if (type == DATA) {
        body.write(payload);
      } else if (type == SETTINGS && (flags & ACK) == 0) {
        stream.frame(SETTINGS, ACK, 0, new byte[0]);
      }
      ended |= (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }
    return request(fields, body.toString(StandardCharsets.ISO_8859_1), tls);
  }

  private Arrivals.Request request(Http2Headers fields, String body, List<String> tls) {
    List<String> pseudo = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    fields.forEach(
        field -> {
          if (field.getKey().charAt(0) == ':') {
            pseudo.add(field.getKey() + "=" + field.getValue());
          } else {
            headers.add(field.getKey() + ": " + field.getValue());
          }
        });
    Collections.sort(headers);
    if (GrpcScripts.isCheck(fields.path())) {
      Collections.sort(pseudo);
    }
    String line = fields.method() + " " + fields.path() + " " + String.join(" ", pseudo);
    return new Arrivals.Request(place, line, headers, body, tls);
  }

  /** Names and values as HPACK literals without an index. */
  static byte[] block(String... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i++) {
      if (i % 2 == 0) {
        out.write(0);
      }
      byte[] bytes = fields[i].getBytes(StandardCharsets.ISO_8859_1);
      out.write(Math.min(bytes.length, 0x7f));
      for (int rest = bytes.length - 0x7f; rest >= 0; rest = rest < 0x80 ? -1 : rest >>> 7) {
        out.write(rest < 0x80 ? rest : rest & 0x7f | 0x80);
      }
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
