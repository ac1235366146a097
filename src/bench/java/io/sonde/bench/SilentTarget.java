package io.sonde.bench;

import io.sonde.rig.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that accepts every connection and never says a word. */
final class SilentTarget {
  private SilentTarget() {}

  /** Starts it in a process of its own. */
  static Child start(Path folder, int port) throws IOException {
    return Child.start(
        "silent-target",
        folder,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SilentTarget.class.getName(),
            Integer.toString(port)));
  }

  public static void main(String[] arguments) throws IOException {
    List<Socket> accepted = new ArrayList<>();
    int port = Integer.parseInt(arguments[0]);
    try (ServerSocket server = new ServerSocket(port, 4_096, InetAddress.getByName("127.0.0.1"))) {
      while (true) {
        accepted.add(server.accept());
      }
    }
  }
}
