package io.sonde.e2e;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A WebSocket server: greets with what it was asked, sends each text back in two fragments with a
 * ping between them, and remembers how clients say goodbye.
 */
final class WebsocketPeer implements Closeable {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int TEXT = 0x81;
  private static final int TEXT_TO_GO_ON = 0x01;
  private static final int LAST_FRAGMENT = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server = new ServerSocket();
  private final BlockingQueue<Integer> goodbyes = new LinkedBlockingQueue<>();

  private WebsocketPeer(int port) throws IOException {
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
  }

  static WebsocketPeer start(int port) throws IOException {
    WebsocketPeer peer = new WebsocketPeer(port);
    Peer.daemon(peer::accept).start();
    return peer;
  }

  /** The codes of close frames, in the order in which they came. */
  BlockingQueue<Integer> goodbyes() {
    return goodbyes;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Peer.daemon(() -> serve(socket)).start();
      } catch (IOException ignored) {
        // Closed: the run is over.
      }
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String head = head(in);
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept(header(head, "Sec-WebSocket-Key"))
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      String lines = head.substring(head.indexOf("\r\n") + 2).replace("\r\n", "; ");
      say(out, TEXT, "hello " + header(head, "User-Agent") + " " + lines);
      while (answer(in, out)) {
        continue;
      }
    } catch (IOException ignored) {
      // The other side left early.
    }
  }

  /** Reads one frame, and says whether another may come. */
  private boolean answer(DataInputStream in, OutputStream out) throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte() & 0x7f;
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % mask.length];
    }
    if (first == CLOSE) {
      goodbyes.add(payload.length < 2 ? 0 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff));
      return false;
    }
    if (first == TEXT) {
      String text = new String(payload, StandardCharsets.UTF_8);
      int half = text.length() / 2;
      say(out, TEXT_TO_GO_ON, text.substring(0, half));
      say(out, PING, "still there?");
      say(out, LAST_FRAGMENT, text.substring(half));
    }
    return true;
  }

  private static void say(OutputStream out, int first, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  private static String accept(String key) throws IOException {
    try {
      byte[] salted = (key + SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
