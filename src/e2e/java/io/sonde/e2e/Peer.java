package io.sonde.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP peer that follows a script chosen by the request's path, well-behaved or not, and notes
 * every connection and every request. Each connection serves one request.
 */
final class Peer implements Closeable {
  private static final int PATIENCE_MILLIS = 15_000;

  /** What the peer does once it has read a request. */
  interface Script {
    void play(Arrivals.Request request, Line line) throws IOException;
  }

  /** The peer's end of one connection. */
  record Line(Socket socket, InputStream in, OutputStream out) {
    void say(String text) throws IOException {
      say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Says and hears nothing more until the other side leaves. */
    void keepSilent() throws IOException {
      while (in.read() >= 0) {
        continue;
      }
    }

    /** Breaks the connection off with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final String place;
  private final ServerSocket server;
  private final Map<String, Script> scripts;

  private Peer(String place, ServerSocket server, Map<String, Script> scripts) {
    this.place = place;
    this.server = server;
    this.scripts = scripts;
  }

  /** Starts a peer on a loopback port; {@code server} is an unbound socket, plain or TLS. */
  static Peer start(
      String place, int port, ServerSocket server, Map<String, Script> scripts, Arrivals arrivals)
      throws IOException {
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
    Peer peer = new Peer(place, server, scripts);
    arrivals.accept(peer.server, place, peer::serve);
    return peer;
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private void serve(Socket accepted, Arrivals.Connection connection) {
    try (Socket socket = accepted;
        connection) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      List<String> tls =
          socket instanceof SSLSocket
              ? TlsPeer.handshake((SSLSocket) socket, "http/1.1")
              : List.of();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Line line = new Line(socket, in, socket.getOutputStream());
      Arrivals.Request request = read(in, line, tls);
      connection.sent(request);
      scripts
          .getOrDefault(request.path().split("[?/]", 3)[1], scripts.get("record"))
          .play(request, line);
      leavePolitely(socket);
    } catch (IOException ignored) {
      // The other side left early, which many a script provokes.
    }
  }

  /** Lets the other side read the answer before the socket is gone. */
  private static void leavePolitely(Socket socket) throws IOException {
    if (!socket.isClosed()) {
      socket.shutdownOutput();
      socket.setSoTimeout(500);
      socket.getInputStream().readAllBytes();
    }
  }

  private Arrivals.Request read(InputStream in, Line line, List<String> tls) throws IOException {
    String first = line(in);
    List<String> headers = new ArrayList<>();
    for (String next = line(in); !next.isEmpty(); next = line(in)) {
      headers.add(next);
    }
    Arrivals.Request head = new Arrivals.Request(place, first, headers, "", tls);
    if (!head.header("Expect").isEmpty()) {
      line.say("HTTP/1.1 100 Continue\r\n\r\n");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.header("Transfer-Encoding").equals("chunked")) {
      for (int size = size(in); size > 0; size = size(in)) {
        body.write(in.readNBytes(size));
        line(in);
      }
      line(in);
    } else if (!head.header("Content-Length").isEmpty()) {
      body.write(in.readNBytes(Integer.parseInt(head.header("Content-Length"))));
    }
    return new Arrivals.Request(
        place, first, headers, body.toString(StandardCharsets.ISO_8859_1), tls);
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).trim(), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("request ended early");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
