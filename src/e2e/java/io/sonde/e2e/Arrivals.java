package io.sonde.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What scripted peers were sent since the last case, in the order in which it came, whichever of
 * them it came to.
 */
final class Arrivals {
  private static final long PATIENCE_MILLIS = 1_000;

  /**
   * A request as it arrived.
   *
   * @param place where: the peer's name
   * @param line the request line
   * @param headers header lines in their order
   * @param body the body without framing
   * @param tls what the peer learnt from the handshake, nothing over plain TCP
   */
  record Request(String place, String line, List<String> headers, String body, List<String> tls) {
    /** The path with its query, also of a request in absolute form; {@code /CONNECT} for that. */
    String path() {
      String[] words = line.split(" ");
      if (words[0].equals("CONNECT")) {
        return "/CONNECT";
      }
      return words[1].replaceFirst("^[a-z]+://[^/?]*", "");
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

  /** Everything since the last case: the places connected to, and the requests. */
  record Taken(List<String> connections, List<Request> requests) {
    /** Whether nothing came at all. */
    boolean isEmpty() {
      return connections.isEmpty();
    }
  }

  /** A connection whose request has not been read yet. */
  final class Connection implements Closeable {
    private boolean pending = true;

    /** Notes the request, which may be the first of several. */
    void sent(Request request) {
      synchronized (Arrivals.this) {
        requests.add(request);
      }
      close();
    }

    /** Nothing more is expected of it. */
    @Override
    public void close() {
      synchronized (Arrivals.this) {
        if (pending) {
          pending = false;
          awaited--;
          Arrivals.this.notifyAll();
        }
      }
    }
  }

  private final List<String> connections = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private int awaited;

  /**
   * Accepts what comes to a peer until its listener is closed, notes each connection, and has it
   * served on a thread of its own.
   */
  void accept(ServerSocket server, String place, BiConsumer<Socket, Connection> serve) {
    Peer.daemon(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  Connection connection = connected(place);
                  Peer.daemon(() -> serve.accept(socket, connection)).start();
                } catch (IOException ignored) {
                  // Closed: the run is over.
                }
              }
            })
        .start();
  }

  /** Notes a connection. */
  synchronized Connection connected(String place) {
    connections.add(place);
    awaited++;
    return new Connection();
  }

  /** Waits, within bounds, for what is under way, and returns what came since the last call. */
  synchronized Taken take() {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    try {
      for (long left = PATIENCE_MILLIS; awaited > 0 && left > 0; ) {
        wait(left);
        left = end - System.currentTimeMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Taken taken = new Taken(List.copyOf(connections), List.copyOf(requests));
    connections.clear();
    requests.clear();
    return taken;
  }
}
