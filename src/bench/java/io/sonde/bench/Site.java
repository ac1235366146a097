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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
  private static final int ADDRESSES = 16;

  static Site start(Options options) throws IOException, InterruptedException {
    Path folder = options.folder();
    Certificates certificates = Certificates.create(folder.resolve("certificates"));
    certificates.leaf("target", "DNS:localhost,IP:127.0.0.1");
    int http = Ports.free();
    int https = Ports.free();
    Map<String, String> values =
        Map.of(
            "certificates", folder.resolve("certificates").toString(),
            "http_listeners",
                addresses()
                    .map(address -> "listen " + address + ":" + http + " backlog=4096;")
                    .collect(Collectors.joining("\n        ")),
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

  /** What a module of {@code modules.yml} is pointed at, in turns. */
  List<String> targets(String module) {
    return switch (module) {
      case "http" -> List.of("http://127.0.0.1:" + http + "/");
      case "https", "http2" -> List.of("https://127.0.0.1:" + https + "/");
      case "tcp" -> addresses().map(address -> address + ":" + http).toList();
      default -> throw new IllegalArgumentException(module);
    };
  }

  /**
   * The exporter ends a tcp probe first, so that the kernel keeps its port back for a while: with
   * one target, most of the CPU would go into looking for a free port.
   */
  private static Stream<String> addresses() {
    return IntStream.rangeClosed(1, ADDRESSES).mapToObj(last -> "127.0.0." + last);
  }

  @Override
  public void close() {
    nginx.close();
  }
}
