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

/**
 * An HTTP peer that follows a script chosen by the request's path, well-behaved or not, and keeps
 * every request it got.
 */
final class Peer implements Closeable {
  private static final int PATIENCE_MILLIS = 15_000;

  /** What the peer does once it has read a request. */
  interface Script {
    void play(Request request, Line line) throws IOException;
  }

  /** A request as it arrived: its line, its headers in order, its body without framing. */
  record Request(String line, List<String> headers, String body) {
    String path() {
      return line.split(" ")[1];
    }

    String header(String name) {
      for (String header : headers) {
        if (header.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
          return header.substring(name.length() + 1).trim();
        }
      }
      return "";
    }
  }

  /** The peer's end of one connection. */
  record Line(Socket socket, OutputStream out) {
    void say(String text) throws IOException {
      say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Says and hears nothing more until the other side leaves. */
    void keepSilent() throws IOException {
      InputStream in = socket.getInputStream();
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

  private final ServerSocket server;
  private final Map<String, Script> scripts;
  private final List<Request> received = new ArrayList<>();

  private Peer(int port, Map<String, Script> scripts) throws IOException {
    this.scripts = scripts;
    server = new ServerSocket();
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
  }

  static Peer start(int port, Map<String, Script> scripts) throws IOException {
    Peer peer = new Peer(port, scripts);
    daemon(peer::accept).start();
    return peer;
  }

  /** The requests since the last call. */
  List<Request> take() {
    synchronized (received) {
      List<Request> taken = List.copyOf(received);
      received.clear();
      return taken;
    }
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        daemon(() -> serve(socket)).start();
      } catch (IOException ignored) {
        // Closed: the run is over.
      }
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      Line line = new Line(socket, socket.getOutputStream());
      Request request = read(new BufferedInputStream(socket.getInputStream()), line);
      synchronized (received) {
        received.add(request);
      }
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

  private static Request read(InputStream in, Line line) throws IOException {
    String first = line(in);
    List<String> headers = new ArrayList<>();
    for (String next = line(in); !next.isEmpty(); next = line(in)) {
      headers.add(next);
    }
    Request head = new Request(first, headers, "");
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
    return new Request(first, headers, body.toString(StandardCharsets.ISO_8859_1));
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
