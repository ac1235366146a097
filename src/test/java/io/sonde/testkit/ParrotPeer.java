package io.sonde.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * A server that reads the head of a request, or whatever comes before a moment of silence, and
 * makes its answer of that: once per connection, then it closes.
 */
public final class ParrotPeer implements AutoCloseable {
  private static final int SILENCE_MILLIS = 200;
  private static final int MOST_BYTES = 64 << 10;

  private final ServerSocket listener;
  private final UnaryOperator<String> answer;

  private ParrotPeer(UnaryOperator<String> answer) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.answer = answer;
    Thread thread = new Thread(this::accept, "parrot");
    thread.setDaemon(true);
    thread.start();
  }

  /** A peer; the bytes of what it is told and of what it says are those of ISO 8859-1. */
  public static ParrotPeer answering(UnaryOperator<String> answer) {
    try {
      return new ParrotPeer(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        socket.setSoTimeout(SILENCE_MILLIS);
        String told = read(socket.getInputStream());
        socket.getOutputStream().write(answer.apply(told).getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        read(socket.getInputStream());
      } catch (IOException ignored) {
        // Closed, by us or by the client.
      }
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    String text = "";
    try {
      for (int b = in.read(); b >= 0 && told.size() < MOST_BYTES; b = in.read()) {
        told.write(b);
        text = b == '\n' ? told.toString(StandardCharsets.ISO_8859_1) : text;
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
    } catch (SocketTimeoutException ignored) {
      // That was all.
    }
    return told.toString(StandardCharsets.ISO_8859_1);
  }
}
