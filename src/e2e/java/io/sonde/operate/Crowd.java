package io.sonde.operate;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that a server has no good of: silent ones, slow ones, halves of what should come. */
final class Crowd implements Closeable {
  /** The first bytes of a TLS record that says hello, and no more. */
  private static final byte[] HALF_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};

  private static final int SMALL_BUFFER = 4_096;

  private final InetSocketAddress address;
  private final List<SocketChannel> connections = new ArrayList<>();
  private final List<SocketChannel> slow = new ArrayList<>();
  private int dripped;

  Crowd(int port) {
    address = new InetSocketAddress("127.0.0.1", port);
  }

  /** Connects and says nothing. */
  void silent(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      connect();
    }
  }

  /** Begins a request, or a handshake, and never ends it. */
  void halves(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[] half =
          i % 2 == 0
              ? "GET /probe?module=http HTTP/1.1\r\nHost: a\r\nX-Long: "
                  .getBytes(StandardCharsets.UTF_8)
              : HALF_HELLO;
      connect().write(ByteBuffer.wrap(half));
    }
  }

  /** Asks for much, time and again, and reads nothing of it. */
  void deaf(int count) throws IOException {
    byte[] requests =
        "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      connections.add(channel);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
      channel.connect(address);
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(requests));
    }
  }

  /** Connects those that send a byte of a request at each {@link #drip}. */
  void slow(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      slow.add(connect());
    }
  }

  /** Has each slow one send one byte; those that were closed by the server stay away. */
  void drip() {
    byte[] endless =
        "GET / HTTP/1.1\r\nHost: a\r\nX-Long: aaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.UTF_8);
    byte next = dripped < endless.length ? endless[dripped] : (byte) 'a';
    dripped++;
    for (SocketChannel channel : slow) {
      try {
        channel.write(ByteBuffer.wrap(new byte[] {next}));
      } catch (IOException ignored) {
        // The server had enough of it.
      }
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    connections.add(channel);
    channel.connect(address);
    return channel;
  }

  int size() {
    return connections.size();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
