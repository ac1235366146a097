package io.sonde.e2e;

import io.sonde.rig.Ports;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A port that passes everything on to another and remembers the first of what went each way. */
final class Tap implements Closeable {
  private static final int REMEMBERED_BYTES = 256 * 1024;

  private static final Pattern HEAD_LINE =
      Pattern.compile("GET [!-~]+ HTTP/1.1|[A-Za-z-]+: [ -~]*");

  private final ServerSocket server = new ServerSocket();
  private final int behind;
  private final ByteArrayOutputStream there = new ByteArrayOutputStream();
  private final ByteArrayOutputStream back = new ByteArrayOutputStream();

  private Tap(int behind) throws IOException {
    this.behind = behind;
    server.bind(new InetSocketAddress("127.0.0.1", Ports.free()), 64);
  }

  static Tap before(int port) throws IOException {
    Tap tap = new Tap(port);
    Peer.daemon(tap::accept).start();
    return tap;
  }

  int port() {
    return server.getLocalPort();
  }

  /** What was asked: the lines of the requests' heads. */
  List<String> requests() {
    return lines(there);
  }

  /** What was answered: the header lines, whatever lies between them. */
  List<String> answers() {
    return lines(back);
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    synchronized (bytes) {
      String text = bytes.toString(StandardCharsets.ISO_8859_1);
      return text.lines().filter(line -> HEAD_LINE.matcher(line).matches()).toList();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket("127.0.0.1", behind);
        Peer.daemon(() -> pass(near, far, there)).start();
        Peer.daemon(() -> pass(far, near, back)).start();
      } catch (IOException ignored) {
        // Closed: the run is over.
      }
    }
  }

  private static void pass(Socket from, Socket to, ByteArrayOutputStream memory) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16_384];
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        synchronized (memory) {
          if (memory.size() < REMEMBERED_BYTES) {
            memory.write(buffer, 0, size);
          }
        }
        out.write(buffer, 0, size);
      }
    } catch (IOException ignored) {
      // One side has gone; the other follows.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
