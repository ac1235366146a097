package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The health server of {@code src/e2e/grpc}, compiled and fetched before this program began. */
public final class HealthServer {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HealthServer() {}

  /**
   * Starts it in {@code folder}.
   *
   * @param listeners {@code KIND=PORT}: {@code plain}, {@code bare} for one without services, or
   *     the name of a certificate and its key without their extensions
   */
  public static Child start(Path folder, List<String> listeners)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("grpc"),
            "io.sonde.grpc.HealthServer"));
    command.addAll(listeners);
    Child server = Child.start("grpc", folder, command);
    for (String listener : listeners) {
      int port = Integer.parseInt(listener.substring(listener.indexOf('=') + 1));
      server.awaitListener(port, PATIENCE);
    }
    return server;
  }
}
