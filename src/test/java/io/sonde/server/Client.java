package io.sonde.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A raw HTTP/1 client that sends what it is told and reads answers one by one. */
final class Client implements AutoCloseable {
  private static final int READ_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  /** One answer; {@code raw} holds each byte of its body as one character. */
  record Answer(int status, Map<String, String> headers, String raw) {
    String body() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  Client(int port) throws IOException {
    this(port, new Socket());
  }

  private Client(int port, Socket socket) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(READ_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One for which the kernel receives little beforehand. */
  static Client withSmallBuffer(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(256 << 10);
    return new Client(port, socket);
  }

  void send(String method, String target, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: t\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    raw(request.append("\r\n").toString());
  }

  void raw(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether an answer begins to arrive within that time. */
  boolean hasAnswer(Duration within) throws IOException {
    socket.setSoTimeout((int) within.toMillis());
    try {
      in.mark(1);
      boolean arrives = in.read() >= 0;
      in.reset();
      return arrives;
    } catch (SocketTimeoutException ignored) {
      return false;
    } finally {
      socket.setSoTimeout(READ_MILLIS);
    }
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  Answer answer() throws IOException {
    return answer(true);
  }

  Answer answer(boolean hasBody) throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
    byte[] body = in.readNBytes(length);
    return new Answer(
        Integer.parseInt(status[1]), headers, new String(body, StandardCharsets.ISO_8859_1));
  }

  /** Everything that comes until the server ends the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the server has closed the connection; waits for more bytes or the end. */
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException ignored) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("connection ended within \"" + line + "\"");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).trim();
  }
}
