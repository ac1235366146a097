package io.sonde.bench;

import io.sonde.rig.Bind;
import io.sonde.rig.Caddy;
import io.sonde.rig.Certificates;
import io.sonde.rig.Child;
import io.sonde.rig.Exporter;
import io.sonde.rig.HealthServer;
import io.sonde.rig.Nginx;
import io.sonde.rig.Ports;
import io.sonde.rig.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    int http3,
    int dns,
    int grpc,
    List<Child> servers,
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
    int http3 = Ports.free();
    int dns = Ports.free();
    int grpc = Ports.free();
    Path bind = folder.resolve("bind");
    Map<String, String> values =
        Map.of(
            "certificates", folder.resolve("certificates").toString(),
            "http_listeners",
                addresses()
                    .map(address -> "listen " + address + ":" + http + " backlog=4096;")
                    .collect(Collectors.joining("\n        ")),
            "https", Integer.toString(https),
            "http3", Integer.toString(http3),
            "bind", bind.toString(),
            "dns", Integer.toString(dns));
    Path modules = folder.resolve("modules.yml");
    Template.write(options.sources().resolve("modules.yml"), modules, values);
    Path sources = options.sources();
    List<Child> servers = new ArrayList<>();
    servers.add(Nginx.start(sources.resolve("nginx.conf"), folder.resolve("nginx"), values, http));
    if (options.only().contains("http3")) {
      servers.add(
          Caddy.start(sources.resolve("Caddyfile"), folder.resolve("caddy"), values, http3));
    }
    if (options.only().contains("dns")) {
      servers.add(Bind.start(sources.resolve("bind"), bind, values, dns));
    }
    if (options.only().contains("grpc")) {
      servers.add(HealthServer.start(folder, List.of("plain=" + grpc)));
    }
    return new Site(
        folder,
        modules,
        http,
        https,
        http3,
        dns,
        grpc,
        servers,
        Exporter.Program.reference(options.reference()),
        Exporter.Program.sonde(options.sonde(), options.javaOptions()));
  }

  /** What a module of {@code modules.yml} is pointed at, in turns. */
  List<String> targets(String module) {
    return switch (module) {
      case "http" -> List.of("http://127.0.0.1:" + http + "/");
      case "https", "http2" -> List.of("https://127.0.0.1:" + https + "/");
      case "http3" -> List.of("https://localhost:" + http3 + "/");
      case "tcp" -> addresses().map(address -> address + ":" + http).toList();
      case "dns" -> List.of("127.0.0.1:" + dns);
      case "icmp" -> List.of("127.0.0.1");
      case "grpc" -> addresses().map(address -> address + ":" + grpc).toList();
      default -> throw new IllegalArgumentException(module);
    };
  }

  /**
   * The exporter ends a tcp or grpc probe first, so that the kernel keeps its port back for a
   * while: with one target, most of the CPU would go into looking for a free port.
   */
  private static Stream<String> addresses() {
    return IntStream.rangeClosed(1, ADDRESSES).mapToObj(last -> "127.0.0." + last);
  }

  @Override
  public void close() {
    servers.forEach(Child::close);
  }
}
