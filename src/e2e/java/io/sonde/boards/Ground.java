package io.sonde.boards;

import io.sonde.rig.Bind;
import io.sonde.rig.Certificates;
import io.sonde.rig.Exporter;
import io.sonde.rig.HealthServer;
import io.sonde.rig.Nginx;
import io.sonde.rig.Ports;
import io.sonde.rig.Prometheus;
import io.sonde.rig.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Targets, good and bad, a Sonde that probes them, and what Prometheus needs to scrape it. */
final class Ground implements AutoCloseable {
  private static final String NAME_SERVICE = "53";

  /** A place in the queue and nobody who takes it: connections are made and nothing is said. */
  private static final int QUEUE = 64;

  private final Path folder;
  private final Map<String, String> values = new HashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * Prepares it below {@code folder}.
   *
   * @param names whether the machine's name server is one of ours
   */
  Ground(Path folder, Path sources, Path rules, boolean names)
      throws IOException, InterruptedException {
    this.folder = folder;
    Certificates certificates = Certificates.create(folder.resolve("certificates"));
    certificates.leaf("good", "DNS:localhost,IP:127.0.0.1");
    certificates.expired("expired", "DNS:localhost,IP:127.0.0.1");
    values.put("certificates", folder.resolve("certificates").toString());
    values.put("bind", folder.resolve("bind").toString());
    values.put("rules", folder.resolve("rules").toString());
    for (String place : List.of("http", "https", "expired", "refused", "grpc", "dns")) {
      values.put(place, Integer.toString(Ports.free()));
    }
    if (names) {
      values.put("dns", NAME_SERVICE);
    }
    ServerSocket silent = own(new ServerSocket(0, QUEUE, InetAddress.getByName("127.0.0.1")));
    values.put("silent", Integer.toString(silent.getLocalPort()));
    start(sources);
    copyRules(rules);
    Template.write(sources.resolve("prometheus.yml"), folder.resolve("prometheus.yml"), values);
  }

  private void start(Path sources) throws IOException, InterruptedException {
    own(Nginx.start(sources.resolve("nginx.conf"), folder.resolve("nginx"), values, port("http")));
    own(Bind.start(sources.resolve("bind"), folder.resolve("bind"), values, port("dns")));
    own(HealthServer.start(folder, List.of("plain=" + port("grpc"))));
    Path modules = folder.resolve("modules.yml");
    Template.write(sources.resolve("modules.yml"), modules, values);
    Exporter.Program sonde =
        Exporter.Program.sonde(Path.of(System.getProperty("sonde.jar")), List.of());
    Exporter running = own(sonde.start(folder, modules, "--metrics.phases"));
    values.put("sonde", Integer.toString(running.port()));
  }

  /** Rules that are evaluated every minute are so every second here. */
  private void copyRules(Path rules) throws IOException {
    Path copies = Files.createDirectories(folder.resolve("rules"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(rules, "*.yml")) {
      for (Path file : files) {
        String text = Files.readString(file).replace("interval: 1m", "interval: 1s");
        Files.writeString(copies.resolve(file.getFileName()), text);
      }
    }
  }

  /** Starts a Prometheus that goes on with the data of the one before. */
  Prometheus prometheus(Path program) throws IOException, InterruptedException {
    return Prometheus.start(
        program, folder.resolve("prometheus.yml"), folder, "--storage.tsdb.retention.time=35d");
  }

  private <T extends AutoCloseable> T own(T opened) {
    open.add(0, opened);
    return opened;
  }

  private int port(String place) {
    return Integer.parseInt(values.get(place));
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
