package io.sonde.e2e;

import io.sonde.rig.Child;
import io.sonde.rig.Template;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Proxies as Debian has them, each of which lets in alice alone: tinyproxy and microsocks. */
final class RealProxies implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Child http;
  private final Child socks;

  private RealProxies(Child http, Child socks) {
    this.http = http;
    this.socks = socks;
  }

  /** Starts them in {@code folder} and returns once they listen. */
  static RealProxies start(Path template, Path folder, Map<String, String> values)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Template.write(template, folder.resolve("tinyproxy.conf"), values);
    String socksPort = values.get("microsocks");
    RealProxies proxies =
        new RealProxies(
            Child.start("tinyproxy", folder, List.of("tinyproxy", "-d", "-c", "tinyproxy.conf")),
            Child.start(
                "microsocks",
                folder,
                List.of(
                    "microsocks",
                    "-i",
                    "127.0.0.1",
                    "-p",
                    socksPort,
                    "-u",
                    "alice",
                    "-P",
                    "secret")));
    proxies.http.awaitListener(Integer.parseInt(values.get("tinyproxy")), PATIENCE);
    proxies.socks.awaitListener(Integer.parseInt(socksPort), PATIENCE);
    return proxies;
  }

  @Override
  public void close() {
    http.close();
    socks.close();
  }
}
