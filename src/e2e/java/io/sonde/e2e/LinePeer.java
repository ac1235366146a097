package io.sonde.e2e;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A peer that speaks in lines, well or badly: by the word that is the first line it hears. */
final class LinePeer implements Closeable {
  private static final int PATIENCE_MILLIS = 5_000;

  /** Long enough for the other side to have read what came before. */
  private static final int PAUSE_MILLIS = 60;

  private final String place;
  private final ServerSocket server = new ServerSocket();

  private LinePeer(String place, int port) throws IOException {
    this.place = place;
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
  }

  static LinePeer start(String place, int port, Arrivals arrivals) throws IOException {
    LinePeer peer = new LinePeer(place, port);
    arrivals.accept(peer.server, place, peer::serve);
    return peer;
  }

  private void serve(Socket accepted, Arrivals.Connection connection) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (Socket socket = accepted) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      String word = line(socket.getInputStream(), heard);
      play(word, socket, heard);
      while (!socket.isClosed() && !line(socket.getInputStream(), heard).isEmpty()) {
        continue;
      }
    } catch (IOException | InterruptedException ignored) {
      // The other side left early, which many a script provokes.
    } finally {
      // A handshake has random numbers in it.
      String text = heard.toString(StandardCharsets.ISO_8859_1).split("\u0016", 2)[0];
      connection.sent(new Arrivals.Request(place, text, List.of(), "", List.of()));
    }
  }

  private static void play(String word, Socket socket, ByteArrayOutputStream heard)
      throws IOException, InterruptedException {
    switch (word) {
      case "banner" -> say(socket, "220 hello there\r\n250-one\r\n250 two\r\n");
      case "closing" -> {
        say(socket, "one\ntwo");
        socket.shutdownOutput();
      }
      case "stuck" -> say(socket, "554 no\n220 stuck");
      case "slammed" -> {
        say(socket, "554 no\n220 half");
        Thread.sleep(PAUSE_MILLIS);
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case "longest" -> say(socket, "x".repeat(65_532) + "end\n");
      case "too-long" -> say(socket, "x".repeat(65_533) + "end\n");
      case "bytes" -> say(socket, "SPLIT");
      case "pieces" -> {
        say(socket, "SP");
        Thread.sleep(PAUSE_MILLIS);
        say(socket, "LIT");
      }
      case "few" -> {
        say(socket, "SP");
        socket.shutdownOutput();
      }
      case "mixed" -> say(socket, "220 first\nSbinary\n");
      case "refer" -> {
        say(socket, "PING :x7\n");
        say(socket, "heard " + line(socket.getInputStream(), heard) + "\n");
      }
      case "ssh" -> say(socket, "SSH-2.0-Test_1.0 some \"odd\\\" words\r\n");
      case "ssh-short" -> say(socket, "SSH-2.0-Test_1.0\r\n");
      default -> say(socket, "what?\n");
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next line without its end, which is kept in what was heard; empty at the end. */
  private static String line(InputStream in, ByteArrayOutputStream heard) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      heard.write(b);
      if (b == '\n') {
        return line.toString();
      }
      line.append((char) b);
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
