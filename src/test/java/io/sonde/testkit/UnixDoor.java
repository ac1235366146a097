package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A unix socket behind which a port of the loopback network is: the way to a {@link Peer}. */
public final class UnixDoor implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final int port;
  private final Path folder;
  private final ServerSocketChannel listener;
  private final List<SocketChannel> sides = new ArrayList<>();

  private UnixDoor(int port) throws IOException {
    this.port = port;
    folder = Files.createTempDirectory("sonde-door");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path()), 512);
    Threads.start("door-" + port, this::acceptAll);
  }

  /** A door that leads to {@code port} of 127.0.0.1. */
  public static UnixDoor to(int port) {
    try {
      return new UnixDoor(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the socket is. */
  public String path() {
    return folder.resolve("door").toString();
  }

  @Override
  public void close() throws IOException {
    Threads.closeQuietly(listener);
    List<SocketChannel> open;
    synchronized (this) {
      open = List.copyOf(sides);
    }
    open.forEach(Threads::closeQuietly);
    Files.deleteIfExists(Path.of(path()));
    Files.deleteIfExists(folder);
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel near = listener.accept();
        SocketChannel far =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        synchronized (this) {
          sides.add(near);
          sides.add(far);
        }
        Threads.start("door-in", () -> carry(near, far));
        Threads.start("door-out", () -> carry(far, near));
      }
    } catch (IOException ignored) {
      // The listener was closed: the test is over.
    }
  }

  private static void carry(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException ignored) {
      // A unix socket knows no reset: the other side sees an end.
      Threads.closeQuietly(from);
      Threads.closeQuietly(to);
    }
  }
}
