package io.sonde.bench;

import io.sonde.rig.Certificates;
import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.Nginx;
import io.sonde.rig.Ports;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The target side of the benchmark and the two programs to measure. */
record Site(
    Path folder,
    Path modules,
    int http,
    int https,
    Child nginx,
    Exporter.Program reference,
    Exporter.Program sonde)
    implements AutoCloseable {

  static Site start(Options options) throws IOException, InterruptedException {
    Path folder = options.folder();
    Certificates certificates = Certificates.create(folder.resolve("certificates"));
    certificates.leaf("target", "DNS:localhost,IP:127.0.0.1");
    int http = Ports.free();
    int https = Ports.free();
    Map<String, String> values =
        Map.of(
            "certificates", folder.resolve("certificates").toString(),
            "http", Integer.toString(http),
            "https", Integer.toString(https));
    Path modules = folder.resolve("modules.yml");
    Template.write(options.sources().resolve("modules.yml"), modules, values);
    Path nginxFolder = folder.resolve("nginx");
    Files.createDirectories(nginxFolder);
    return new Site(
        folder,
        modules,
        http,
        https,
        Nginx.start(options.sources().resolve("nginx.conf"), nginxFolder, values, http),
        Exporter.Program.reference(options.reference()),
        Exporter.Program.sonde(options.sonde(), options.javaOptions()));
  }

  /** What a module of {@code modules.yml} is pointed at. */
  String target(String module) {
    return switch (module) {
      case "http" -> "http://127.0.0.1:" + http + "/";
      case "https" -> "https://127.0.0.1:" + https + "/";
      case "tcp" -> "127.0.0.1:" + http;
      default -> throw new IllegalArgumentException(module);
    };
  }

  @Override
  public void close() {
    nginx.close();
  }
}
