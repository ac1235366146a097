package io.sonde.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that takes connections and either keeps them in silence or resets them soon. */
final class Doorkeeper implements Closeable {
  /** Long enough for a connect to have succeeded, whoever is faster. */
  private static final int SLAM_MILLIS = 50;

  private final ServerSocket server;
  private final boolean slams;
  private final List<Socket> kept = new CopyOnWriteArrayList<>();

  private Doorkeeper(int port, boolean slams) throws IOException {
    this.slams = slams;
    server = new ServerSocket();
    server.bind(new InetSocketAddress("127.0.0.1", port), 64);
  }

  static Doorkeeper mute(int port) throws IOException {
    return open(new Doorkeeper(port, false));
  }

  static Doorkeeper slamming(int port) throws IOException {
    return open(new Doorkeeper(port, true));
  }

  private static Doorkeeper open(Doorkeeper doorkeeper) {
    Peer.daemon(doorkeeper::accept).start();
    return doorkeeper;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (slams) {
          Thread.sleep(SLAM_MILLIS);
          socket.setSoLinger(true, 0);
          socket.close();
        } else {
          kept.add(socket);
        }
      } catch (IOException | InterruptedException ignored) {
        // Closed: the run is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : kept) {
      socket.close();
    }
  }
}
