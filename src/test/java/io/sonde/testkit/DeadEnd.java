package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address at which no connection comes about. It is reserved until closed. */
public final class DeadEnd implements AutoCloseable {
  private static final int BACKLOG = 1;
  private static final int CONNECT_MILLIS = 200;
  private static final int MOST_CONNECTIONS = 16;

  private final int port;
  private final List<AutoCloseable> held;

  private DeadEnd(int port, List<AutoCloseable> held) {
    this.port = port;
    this.held = held;
  }

  /**
   * A port that refuses connections: bound, so that nobody else can listen on it, but not
   * listening.
   */
  public static DeadEnd refusing() {
    try {
      Socket bound = new Socket();
      bound.bind(new InetSocketAddress(loopback(), 0));
      return new DeadEnd(bound.getLocalPort(), List.of(bound));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port on which connecting never ends: a listener that accepts nobody and whose queue is full,
   * so that the kernel drops each further attempt without a word.
   */
  public static DeadEnd blackHole() {
    List<AutoCloseable> held = new ArrayList<>();
    try {
      ServerSocket listener = new ServerSocket();
      held.add(listener);
      listener.bind(new InetSocketAddress(loopback(), 0), BACKLOG);
      int queued = 0;
      for (int attempt = 0; attempt < MOST_CONNECTIONS; attempt++) {
        Socket filler = new Socket();
        held.add(filler);
        try {
          filler.connect(listener.getLocalSocketAddress(), CONNECT_MILLIS);
          queued++;
        } catch (SocketTimeoutException e) {
          if (queued > BACKLOG) {
            return new DeadEnd(listener.getLocalPort(), held);
          }
        }
      }
      throw new AssertionError("expected the queue to be full by now");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address as {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The port. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    held.forEach(Threads::closeQuietly);
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
