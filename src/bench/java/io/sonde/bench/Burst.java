package io.sonde.bench;

import io.sonde.rig.Exporter;
import io.sonde.rig.Http;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Scrapes sent at once, each on a connection of its own that stays open, as Prometheus keeps it.
 */
final class Burst implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();
  private final List<InputStream> inputs = new ArrayList<>();
  private final int port;

  Burst(Exporter exporter, int size) throws IOException {
    port = exporter.port();
    for (int i = 0; i < size; i++) {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      sockets.add(socket);
      inputs.add(new BufferedInputStream(socket.getInputStream()));
    }
  }

  /** Sends one scrape on every connection and returns the answers in the same order. */
  List<String> fire(List<String> paths) throws IOException {
    send(paths);
    return answers();
  }

  /** Sends one scrape on every connection. */
  void send(List<String> paths) throws IOException {
    List<byte[]> requests = new ArrayList<>();
    for (String path : paths) {
      requests.add(
          ("GET "
                  + path
                  + " HTTP/1.1\r\nHost: 127.0.0.1:"
                  + port
                  + "\r\nUser-Agent: Prometheus/3.5.0\r\nAccept: text/plain;version=0.0.4"
                  + "\r\nAccept-Encoding: gzip\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
    for (int i = 0; i < requests.size(); i++) {
      sockets.get(i).getOutputStream().write(requests.get(i));
    }
  }

  /** Reads one answer from every connection. */
  List<String> answers() throws IOException {
    List<String> answers = new ArrayList<>();
    for (InputStream in : inputs) {
      answers.add(Http.read(in, false).body());
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
