package io.sonde.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Caddy of this run's own, which speaks HTTP/1.1, HTTP/2 and HTTP/3 on one port. */
public final class Caddy {
  private Caddy() {}

  /** Starts Caddy in {@code folder} and returns once it answers on {@code port}. */
  public static Child start(Path template, Path folder, Map<String, String> values, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Template.write(template, folder.resolve("Caddyfile"), values);
    Child caddy =
        Child.start(
            "caddy",
            folder,
            List.of("caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"),
            Map.of(
                "HOME", folder.toString(),
                "XDG_CONFIG_HOME", folder.toString(),
                "XDG_DATA_HOME", folder.toString()));
    caddy.awaitListener(port, Duration.ofSeconds(20));
    return caddy;
  }
}
